namespace Notifications.Store;

/// <summary>A name under which a creator may send: an e-mail address, <c>@</c> and a whole domain, or the sender of an SMS.</summary>
public sealed class VerifiedSender
{
    public required string Creator { get; init; }
    public required Channel Channel { get; init; }
    public required string Sender { get; init; }
    public required DateTimeOffset VerifiedAt { get; init; }
}
