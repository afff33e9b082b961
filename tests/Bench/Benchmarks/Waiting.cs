using System.Diagnostics;
using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Orders for now, with a million others waiting, in turns with the same on a system that has none.</summary>
internal sealed class Waiting : IBenchmark
{
    private const int Passes = 8;
    private const int Orders = 1500;
    private const int Single = 300;

    public string Name => "waiting";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        var loaded = await run.BesideMillion(cancellationToken);
        await using var empty = await BenchRun.Start(cancellationToken);
        await Throughput(run, empty, loaded, cancellationToken);
        await HandOff(run, empty, loaded, cancellationToken);
    }

    /// <summary>Pass by pass, and each of the two first in every other one: the machine's pace changes within a minute.</summary>
    private async Task Throughput(BenchRun run, BenchRun empty, BenchRun loaded, CancellationToken cancellationToken)
    {
        await PerSecond(empty, cancellationToken);
        await PerSecond(loaded, cancellationToken);
        await empty.Meter.Reset(cancellationToken);
        await loaded.Meter.Reset(cancellationToken);
        var (alone, beside) = (new List<double>(), new List<double>());
        (BenchRun System, List<double> PerSecond)[] turns = [(empty, alone), (loaded, beside)];
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var (system, perSecond) in turns)
                perSecond.Add(await PerSecond(system, cancellationToken));
            Array.Reverse(turns);
        }

        run.Add(await empty.Meter.Profile($"{Name}: without", Passes * Orders, cancellationToken));
        run.Add(await loaded.Meter.Profile($"{Name}: beside 1,000,000", Passes * Orders, cancellationToken));
        run.Add(new Measurement(Name, "throughput beside 1,000,000 waiting", Median(beside.Zip(alone, (b, a) => b / a)), "of without")
        {
            Target = Target.Min(0.9),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Orders} orders by 32 clients, {Median(beside):0} and {Median(alone):0} completed/s, medians of {Passes} passes in turns"),
        });
    }

    private async Task HandOff(BenchRun run, BenchRun empty, BenchRun loaded, CancellationToken cancellationToken)
    {
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var order = 0; order < Single; order++)
        {
            alone.Add((await SingleOrder.Travel(empty, cancellationToken)).HandOff.TotalMilliseconds);
            beside.Add((await SingleOrder.Travel(loaded, cancellationToken)).HandOff.TotalMilliseconds);
        }

        run.Add(new Measurement(Name, "hand-off p50 beside 1,000,000 waiting", Median(beside) / Median(alone), "of without")
        {
            Target = Target.Max(1.1),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"{Single} orders, one at a time and in turns, {Median(beside):0.0} and {Median(alone):0.0} ms"),
        });
    }

    private static async Task<double> PerSecond(BenchRun system, CancellationToken cancellationToken)
    {
        var mark = await system.Completions.Mark(cancellationToken);
        var watch = Stopwatch.StartNew();
        var posted = await ClosedLoop.Times(Orders, 32, ct => system.Load.Order(OrderBodies.ToAnyAddress(), ct), cancellationToken);
        await system.Completions.Wait(mark, posted.Accepted, TimeSpan.FromMinutes(2), cancellationToken);
        var perSecond = posted.Accepted / watch.Elapsed.TotalSeconds;
        await system.Settle(cancellationToken);
        return perSecond;
    }

    private static double Median(IEnumerable<double> values) => new Latencies(values).Percentile(50);
}
