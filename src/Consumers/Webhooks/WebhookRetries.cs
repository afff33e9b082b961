namespace Notifications.Consumers.Webhooks;

/// <summary>When a receiver that has failed is tried again.</summary>
public static class WebhookRetries
{
    /// <summary>How long a receiver may fail without a break.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(7);

    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);
    private static readonly TimeSpan[] Waits = [.. new[] { 5, 15, 60, 300, 900, 1800, 3600 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>Null when it is given up: after a week, and no fewer attempts than it takes to come to the longest wait.</summary>
    /// <param name="failures">In a row, with this one.</param>
    /// <param name="retryAfter">What the receiver has asked for; it knows best, up to a day.</param>
    /// <param name="jitter">From 0 to 1, so that receivers that failed together are not all tried at once.</param>
    public static DateTimeOffset? Next(DateTimeOffset now, DateTimeOffset failingSince, int failures, TimeSpan? retryAfter, double jitter)
    {
        if (failures > Waits.Length && now - failingSince >= GiveUpAfter)
            return null;

        var wait = Waits[Math.Min(failures, Waits.Length) - 1] * (1 + jitter / 5);
        return now + (retryAfter is not { } asked ? wait : asked > LongestRest ? LongestRest : asked > Waits[0] ? asked : Waits[0]);
    }
}
