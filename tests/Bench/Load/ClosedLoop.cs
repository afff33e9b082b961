using System.Diagnostics;

namespace Notifications.Tests.Bench.Load;

/// <summary>A number of clients that each send the next request when the former is answered.</summary>
internal static class ClosedLoop
{
    public static Task<LoadResult> For(TimeSpan duration, int clients, Func<CancellationToken, Task<bool>> request, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        return Run(clients, () => watch.Elapsed < duration, request, cancellationToken);
    }

    public static Task<LoadResult> Times(int count, int clients, Func<CancellationToken, Task<bool>> request, CancellationToken cancellationToken)
    {
        var started = 0;
        return Run(clients, () => Interlocked.Increment(ref started) <= count, request, cancellationToken);
    }

    private static async Task<LoadResult> Run(int clients, Func<bool> goesOn, Func<CancellationToken, Task<bool>> request, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => Client(goesOn, request, cancellationToken), cancellationToken)));
        var elapsed = watch.Elapsed;
        return new LoadResult(answers.Sum(a => a.Accepted), answers.Sum(a => a.Failed), elapsed, new Latencies(answers.SelectMany(a => a.Milliseconds)));
    }

    private static async Task<(int Accepted, int Failed, List<double> Milliseconds)> Client(
        Func<bool> goesOn, Func<CancellationToken, Task<bool>> request, CancellationToken cancellationToken)
    {
        var (accepted, failed) = (0, 0);
        var milliseconds = new List<double>();
        while (goesOn())
        {
            var sent = Stopwatch.GetTimestamp();
            if (await request(cancellationToken))
                accepted++;
            else
                failed++;
            milliseconds.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
        return (accepted, failed, milliseconds);
    }
}
