using System.Diagnostics;
using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Orders for now, with a million others waiting, against the same without them.</summary>
internal sealed class Waiting : IBenchmark
{
    private const int Orders = 3000;
    private const int Single = 100;

    public string Name => "waiting";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        await Measure(run, cancellationToken);
        var alone = await Measure(run, cancellationToken);
        await run.Waiting.Load(cancellationToken);
        await Measure(run, cancellationToken);
        var beside = await Measure(run, cancellationToken);

        run.Add(new Measurement(Name, "throughput beside 1,000,000 waiting", beside.PerSecond / alone.PerSecond, "of without")
        {
            Target = Target.Min(0.9),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Orders} orders by 32 clients, {beside.PerSecond:0} and {alone.PerSecond:0} completed/s"),
        });
        run.Add(new Measurement(Name, "hand-off p50 beside 1,000,000 waiting", beside.HandOff / alone.HandOff, "of without")
        {
            Target = Target.Max(1.1),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Single} orders one at a time, {beside.HandOff:0.0} and {alone.HandOff:0.0} ms"),
        });
    }

    private static async Task<(double PerSecond, double HandOff)> Measure(BenchRun run, CancellationToken cancellationToken)
    {
        var mark = await run.Completions.Mark(cancellationToken);
        var watch = Stopwatch.StartNew();
        var posted = await ClosedLoop.Times(Orders, 32, ct => run.Load.Order(OrderBodies.ToAnyAddress(), ct), cancellationToken);
        await run.Completions.Wait(mark, posted.Accepted, TimeSpan.FromMinutes(2), cancellationToken);
        var perSecond = posted.Accepted / watch.Elapsed.TotalSeconds;

        var handOffs = new List<double>(Single);
        while (handOffs.Count < Single)
            handOffs.Add((await SingleOrder.Travel(run, cancellationToken)).HandOff.TotalMilliseconds);
        return (perSecond, new Latencies(handOffs).Percentile(50));
    }
}
