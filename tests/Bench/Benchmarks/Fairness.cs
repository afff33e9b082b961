using System.Diagnostics;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>What a creator's campaign costs another creator, who orders one message at a time.</summary>
internal sealed class Fairness : IBenchmark
{
    private const int Campaign = 20_000;
    private const int Clients = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string Name => "fairness";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        using var other = await OtherCreator.Begin(run, cancellationToken);
        var mark = await run.Completions.Mark(cancellationToken);
        var watch = Stopwatch.StartNew();
        var campaign = Task.Run(async () =>
        {
            var posted = await ClosedLoop.Times(Campaign, Clients, ct => run.Load.Order(OrderBodies.ToAnyAddress(), ct), cancellationToken);
            var backlog = posted.Accepted - await run.Completions.Since(mark, cancellationToken);
            if (await run.Completions.Wait(mark, posted.Accepted, Patience, cancellationToken) < Campaign)
                throw new InvalidOperationException($"Not all of the campaign was completed; see {run.System.Workers[0].LogFile}");
            return (Posted: posted, Backlog: backlog, watch.Elapsed);
        }, cancellationToken);
        var during = await other.During(campaign, cancellationToken);
        var (load, left, elapsed) = await campaign;

        run.Add(new Measurement(Name, "another creator's order, alone, p99", other.Alone.Percentile(99), "ms") { Conditions = $"{other.Alone.Count} orders, POST to hand-off" });
        run.Add(new Measurement(Name, "another creator's order, during the campaign, p50", during.Percentile(50), "ms") { Conditions = $"{during.Count} orders" });
        run.Add(new Measurement(Name, "another creator's order, during the campaign, p99", during.Percentile(99), "ms") { Target = Target.Max(other.Alone.Percentile(99) + 1000) });
        run.Add(new Measurement(Name, "the campaign, completed", Campaign / elapsed.TotalSeconds, "orders/s")
        {
            Conditions = FormattableString.Invariant($"{Campaign} posted by {Clients} clients at {load.PerSecond:0}/s, {left} not completed then"),
        });
    }
}
