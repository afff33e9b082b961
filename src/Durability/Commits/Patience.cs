namespace Notifications.Durability;

/// <summary>Repeats what failed for a reason that passes, with growing pauses, until the limit.</summary>
static class Patience
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public static async Task<T> Repeat<T>(Func<int, Task<T>> attempt, TimeSpan limit, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var number = 0; ; number++)
        {
            try
            {
                return await attempt(number);
            }
            catch (Exception exception)
                when (DatabaseFailure.IsTransient(exception) && TimeProvider.System.GetElapsedTime(started) < limit && !ct.IsCancellationRequested)
            {
                await Task.Delay(Pause(number), ct);
            }
        }
    }

    public static TimeSpan Pause(int attempt)
    {
        var pause = TimeSpan.FromMilliseconds(5 * Math.Pow(2, Math.Min(attempt, 10)) * (0.5 + Jitter()));
        return pause < LongestPause ? pause : LongestPause;
    }

    static double Jitter() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(1000) / 1000d;
}
