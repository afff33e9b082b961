using System.Diagnostics;

namespace Notifications.Tests.Bench.Load;

/// <summary>
/// Sends at a fixed rate, whether former requests are answered or not. The latency counts from the moment a request was due, so that
/// a stall of the system is not hidden by requests that were never sent.
/// </summary>
internal static class OpenLoop
{
    public static async Task<LoadResult> Run(double perSecond, TimeSpan duration, Func<CancellationToken, Task<bool>> request, CancellationToken cancellationToken)
    {
        var total = (int)(perSecond * duration.TotalSeconds);
        var answers = new Task<(bool Accepted, double Milliseconds)>[total];
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < total; number++)
        {
            var due = TimeSpan.FromSeconds(number / perSecond);
            var wait = due - watch.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1))
                await Task.Delay(wait, cancellationToken);
            answers[number] = Answer(watch, due, request, cancellationToken);
        }

        var all = await Task.WhenAll(answers);
        return new LoadResult(all.Count(a => a.Accepted), all.Count(a => !a.Accepted), watch.Elapsed, new Latencies(all.Select(a => a.Milliseconds)));
    }

    private static async Task<(bool Accepted, double Milliseconds)> Answer(
        Stopwatch watch, TimeSpan due, Func<CancellationToken, Task<bool>> request, CancellationToken cancellationToken)
    {
        try
        {
            var accepted = await request(cancellationToken);
            return (accepted, (watch.Elapsed - due).TotalMilliseconds);
        }
        catch (HttpRequestException)
        {
            return (false, (watch.Elapsed - due).TotalMilliseconds);
        }
    }
}
