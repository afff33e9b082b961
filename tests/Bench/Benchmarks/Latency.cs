using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>One order at a time through an unloaded system, the next when the former is completed.</summary>
internal sealed class Latency : IBenchmark
{
    private const int WarmUp = 50;
    private const int Orders = 200;

    /// <summary>The stretch of doing nothing that is measured.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public string Name => "latency";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        for (var order = 0; order < WarmUp; order++)
            await SingleOrder.Travel(run, cancellationToken);
        var idle = await IdleTransactionsPerSecond(run, cancellationToken);

        await run.Meter.Reset(cancellationToken);
        var before = await run.Meter.Read(cancellationToken);
        var orders = new List<SingleOrder>(Orders);
        while (orders.Count < Orders)
            orders.Add(await SingleOrder.Travel(run, cancellationToken));
        await run.Settle(cancellationToken);
        var after = await run.Meter.Read(cancellationToken);
        run.Add(await run.Meter.Profile(Name, Orders, cancellationToken));

        Add(run, "POST to hand-off", orders.Select(o => o.HandOff), Target.Max(50), Target.Max(250));
        Add(run, "POST to its answer", orders.Select(o => o.Answered));
        Add(run, "POST to completed", orders.Select(o => o.Completed));
        var writing = after.WritingTransactions - before.WritingTransactions - idle * (after.At - before.At).TotalSeconds;
        run.Add(new Measurement(Name, "writing transactions, accept to completed", writing / Orders, "per order")
        {
            Target = Target.Max(8),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"transaction ids used, less {idle:0.0}/s when idle"),
        });
        run.Add(new Measurement(Name, "SQL statements", (double)(after.Statements - before.Statements) / Orders, "per order"));
    }

    private static async Task<double> IdleTransactionsPerSecond(BenchRun run, CancellationToken cancellationToken)
    {
        await run.Settle(cancellationToken);
        var before = await run.Meter.Read(cancellationToken);
        await Task.Delay(Idle, cancellationToken);
        var after = await run.Meter.Read(cancellationToken);
        return (after.WritingTransactions - before.WritingTransactions) / (after.At - before.At).TotalSeconds;
    }

    private void Add(BenchRun run, string what, IEnumerable<TimeSpan> durations, Target? half = null, Target? most = null)
    {
        var latencies = new Latencies(durations.Select(d => d.TotalMilliseconds));
        run.Add(new Measurement(Name, $"{what}, p50", latencies.Percentile(50), "ms") { Target = half, Conditions = $"{latencies.Count} orders, one at a time" });
        run.Add(new Measurement(Name, $"{what}, p99", latencies.Percentile(99), "ms") { Target = most });
    }
}
