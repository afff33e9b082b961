namespace Notifications.Store;

/// <summary>How long to wait before a failed step is tried again.</summary>
public static class Backoff
{
    /// <summary>1, 2, 4, then every 5 seconds: what waits for a dependency leaves soon after it is back.</summary>
    public static TimeSpan After(int tries) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Clamp(tries, 1, 8) - 1), 5));
}
