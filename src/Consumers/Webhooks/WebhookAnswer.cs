namespace Notifications.Consumers.Webhooks;

/// <summary>What a receiver has said, or why it has said nothing.</summary>
/// <param name="Failure">Null when it has taken what it was sent; else why not, in words for the webhook's owner.</param>
/// <param name="IsGone">Whether it wants nothing any more.</param>
/// <param name="RetryAfter">How long it wants to be left alone.</param>
/// <param name="AllowedRate">The requests in a minute that it consents to; null for any number.</param>
public sealed record WebhookAnswer(string? Failure, bool IsGone = false, TimeSpan? RetryAfter = null, int? AllowedRate = null)
{
    public bool IsYes => Failure is null;
}
