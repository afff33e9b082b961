using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>When an event is tried again.</summary>
internal static class AppEventRetries
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(2);

    /// <summary>Ever later, for two days; then null.</summary>
    public static DateTimeOffset? Next(AppEvent happened, DateTimeOffset now) =>
        now >= happened.ReceivedAt + GiveUpAfter ? null : now + Backoff.Doubling(First, Longest, happened.Attempts);
}
