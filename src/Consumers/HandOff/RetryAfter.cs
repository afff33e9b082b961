namespace Notifications.Consumers.HandOff;

/// <summary>When whoever answered wants to be called again.</summary>
internal static class RetryAfter
{
    /// <summary>Its header in either of its forms, seconds or a date; null when it says nothing.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, DateTimeOffset now) =>
        answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
}
