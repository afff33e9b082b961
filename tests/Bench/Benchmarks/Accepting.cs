using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Meters;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Accepting orders: future ones as fast as they are taken, and due ones at a fixed rate with a spike.</summary>
internal sealed class Accepting : IBenchmark
{
    private const int Clients = 16;

    public string Name => "post";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        await Future(run, cancellationToken);
        await Steady(run, cancellationToken);
    }

    private async Task Future(BenchRun run, CancellationToken cancellationToken)
    {
        var tomorrow = await run.Load.Clock(cancellationToken) + TimeSpan.FromDays(1);
        Task<bool> Post(CancellationToken ct) => run.Load.Order(OrderBodies.ToAddress($"{Guid.NewGuid():N}@example.com", tomorrow), ct);

        BenchRun.Say($"{Name}: orders for tomorrow");
        await ClosedLoop.Times(2000, Clients, Post, cancellationToken);
        await run.Meter.Reset(cancellationToken);
        var cost = await Cost.Begin(run, cancellationToken);
        var posted = await ClosedLoop.For(TimeSpan.FromSeconds(15), Clients, Post, cancellationToken);

        run.Add(new Measurement(Name, "orders for tomorrow, accepted", posted.PerSecond, "orders/s")
        {
            Target = Target.Min(900),
            Limit = run.Limits.Insert,
            Conditions = $"{Clients} clients, {posted.Accepted} orders, {posted.Failed} refused",
        });
        run.Add(new Measurement(Name, "orders for tomorrow, p50", posted.Latencies.Percentile(50), "ms"));
        run.Add(new Measurement(Name, "orders for tomorrow, p99", posted.Latencies.Percentile(99), "ms") { Target = Target.Below(40) });
        await cost.Add(run, Name, "orders for tomorrow", posted.Accepted, "order", cancellationToken);
    }

    private async Task Steady(BenchRun run, CancellationToken cancellationToken)
    {
        Task<bool> Post(CancellationToken ct) => run.Load.Order(OrderBodies.ToAnyAddress(), ct);

        BenchRun.Say($"{Name}: orders for now, at a fixed rate");
        await ClosedLoop.Times(500, Clients, Post, cancellationToken);
        var mark = await run.Completions.Mark(cancellationToken);
        var steady = OpenLoop.Run(100, TimeSpan.FromSeconds(60), Post, cancellationToken);
        var besideSteady = await LoneCommits.While(steady, run.Database, cancellationToken);
        var spike = OpenLoop.Run(300, TimeSpan.FromSeconds(10), Post, cancellationToken);
        var besideSpike = await LoneCommits.While(spike, run.Database, cancellationToken);
        await run.Completions.Wait(mark, (await steady).Accepted + (await spike).Accepted, TimeSpan.FromMinutes(1), cancellationToken);
        Add(run, "100/s for 60 s", await steady, besideSteady);
        Add(run, "300/s for 10 s", await spike, besideSpike);
    }

    private void Add(BenchRun run, string rate, LoadResult load, Latencies commits)
    {
        run.Add(new Measurement(Name, $"orders for now at {rate}, p95", load.Latencies.Percentile(95), "ms")
        {
            Target = Target.Below(50),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"open loop; p50 {load.Latencies.Percentile(50):0.0} ms, longest {load.Latencies.Longest:0.0} ms"),
        });
        run.Add(new Measurement(Name, $"orders for now at {rate}, p99", load.Latencies.Percentile(99), "ms")
        {
            Target = Target.Below(200),
            Conditions = string.Create(CultureInfo.InvariantCulture, $"a commit of nothing meanwhile: p50 {commits.Percentile(50):0.0}, p99 {commits.Percentile(99):0.0}, longest {commits.Longest:0.0} ms"),
        });
        run.Add(new Measurement(Name, $"orders for now at {rate}, refused", load.Failed, "orders") { Target = Target.Max(0) });
    }
}
