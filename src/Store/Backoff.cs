namespace Notifications.Store;

/// <summary>How long to wait before a failed step is tried again.</summary>
public static class Backoff
{
    /// <summary>1, 2, 4, then every 5 seconds: what waits for a dependency leaves soon after it is back.</summary>
    public static TimeSpan After(int tries) => Doubling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), tries);

    /// <summary>Twice as long each time, up to the longest.</summary>
    public static TimeSpan Doubling(TimeSpan first, TimeSpan longest, int tries)
    {
        var pause = first * Math.Pow(2, Math.Clamp(tries, 1, 20) - 1);
        return pause < longest ? pause : longest;
    }
}
