using Notifications.Local;
using Npgsql;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>The one place where a test waits: it looks again and again until what it sees holds, or its patience ends.</summary>
internal static class Eventually
{
    /// <summary>For a machine that is slow and busy. Shorter than what <c>Receivers_that_hang_keep_nobody_waiting_but_themselves</c> is to rule out.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public static async Task<T> Until<T>(string what, Func<Task<T>> look, Func<T, bool> holds, TimeSpan? patience = null)
    {
        var watch = TimeProvider.System.GetTimestamp();
        var limit = patience ?? Patience;
        var seen = "nothing";
        while (TimeProvider.System.GetElapsedTime(watch) < limit)
        {
            try
            {
                var value = await look();
                if (holds(value))
                    return value;
                seen = $"{value}";
            }
            catch (Exception e) when (e is HttpRequestException or NpgsqlException or TaskCanceledException or IOException or LocalException)
            {
                // What is looked at may be down just now.
                seen = $"{e.GetType().Name}: {e.Message}";
            }
            await Task.Delay(BetweenLooks);
        }
        throw new ShouldAssertException($"{what} did not come true within {limit.TotalSeconds} s; last seen: {seen[..Math.Min(seen.Length, 2000)]}");
    }
}
