using System.Diagnostics;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>What a creator's campaign for one later moment costs another creator when that moment comes: one who orders then, and one whose order comes due beside it.</summary>
internal sealed class Moment : IBenchmark
{
    private const int Campaign = 20_000;
    private const int Clients = 16;
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string Name => "moment";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        using var other = await OtherCreator.Begin(run, cancellationToken);
        var sendTime = await run.Load.Clock(cancellationToken) + Ahead;
        BenchRun.Say($"{Name}: ordering {Campaign} for one moment");
        var posted = await ClosedLoop.Times(Campaign, Clients, ct => run.Load.Order(OrderBodies.ToAddress($"{Guid.NewGuid():N}@example.com", sendTime), ct), cancellationToken);
        var beside = await other.OrderFor(sendTime, cancellationToken);
        await run.Settle(cancellationToken);

        var mark = await run.Completions.Mark(cancellationToken);
        var (moved, watch) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        await run.AdvanceClock(Ahead + TimeSpan.FromSeconds(1), cancellationToken);
        var campaign = Task.Run(async () =>
        {
            if (await run.Completions.Wait(mark, posted.Accepted, Patience, cancellationToken) < Campaign)
                throw new InvalidOperationException($"Not all of the campaign was completed; see {run.System.Workers[0].LogFile}");
            return watch.Elapsed;
        }, cancellationToken);
        var during = await other.During(campaign, cancellationToken);
        var elapsed = await campaign;
        var late = await run.Load.AcceptedAt(beside, cancellationToken) - moved - run.ClockOffset;

        run.Add(new Measurement(Name, "another creator's order, alone, p99", other.Alone.Percentile(99), "ms") { Conditions = $"{other.Alone.Count} orders, POST to hand-off" });
        run.Add(new Measurement(Name, "another creator's order, while the campaign is due, p99", during.Percentile(99), "ms")
        {
            Target = Target.Max(other.Alone.Percentile(99) + 1000), Conditions = $"{during.Count} orders",
        });
        run.Add(new Measurement(Name, "another creator's order that came due beside the campaign", late.TotalMilliseconds, "ms") { Conditions = "from the moment to hand-off, the clock's jump included" });
        run.Add(new Measurement(Name, "the campaign, completed", Campaign / elapsed.TotalSeconds, "orders/s") { Conditions = $"{Campaign} due at once" });
    }
}
