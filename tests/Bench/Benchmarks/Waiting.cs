using System.Diagnostics;
using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Orders for now, with a million others waiting, in turns with the same on a system that has none.</summary>
internal sealed class Waiting : IBenchmark
{
    private const int Passes = 5;
    private const int Orders = 1500;
    private const int Single = 60;

    public string Name => "waiting";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        var loaded = await run.BesideMillion(cancellationToken);
        await using var empty = await BenchRun.Start(cancellationToken);
        var (alone, beside) = (new List<Pass>(), new List<Pass>());
        for (var pass = 0; pass <= Passes; pass++)
        {
            alone.Add(await Measure(empty, cancellationToken));
            beside.Add(await Measure(loaded, cancellationToken));
        }

        var (withOut, with) = (Pass.Median(alone.Skip(1)), Pass.Median(beside.Skip(1)));
        run.Add(new Measurement(Name, "throughput beside 1,000,000 waiting", with.PerSecond / withOut.PerSecond, "of without")
        {
            Target = Target.Min(0.9),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Orders} orders by 32 clients, {with.PerSecond:0} and {withOut.PerSecond:0} completed/s, medians of {Passes} passes in turns"),
        });
        run.Add(new Measurement(Name, "hand-off p50 beside 1,000,000 waiting", with.HandOff / withOut.HandOff, "of without")
        {
            Target = Target.Max(1.1),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Single} orders one at a time, {with.HandOff:0.0} and {withOut.HandOff:0.0} ms, medians of {Passes} passes in turns"),
        });
    }

    private static async Task<Pass> Measure(BenchRun run, CancellationToken cancellationToken)
    {
        var mark = await run.Completions.Mark(cancellationToken);
        var watch = Stopwatch.StartNew();
        var posted = await ClosedLoop.Times(Orders, 32, ct => run.Load.Order(OrderBodies.ToAnyAddress(), ct), cancellationToken);
        await run.Completions.Wait(mark, posted.Accepted, TimeSpan.FromMinutes(2), cancellationToken);
        var perSecond = posted.Accepted / watch.Elapsed.TotalSeconds;

        await run.Settle(cancellationToken);
        var handOffs = new List<double>(Single);
        while (handOffs.Count < Single)
            handOffs.Add((await SingleOrder.Travel(run, cancellationToken)).HandOff.TotalMilliseconds);
        return new Pass(perSecond, Median(handOffs));
    }

    private static double Median(IEnumerable<double> values) => new Latencies([.. values]).Percentile(50);

    /// <param name="PerSecond">Orders completed by many clients.</param>
    /// <param name="HandOff">p50 of one order at a time, in milliseconds.</param>
    private sealed record Pass(double PerSecond, double HandOff)
    {
        public static Pass Median(IEnumerable<Pass> passes) => new(Waiting.Median(passes.Select(p => p.PerSecond)), Waiting.Median(passes.Select(p => p.HandOff)));
    }
}
