using System.Diagnostics;
using System.Globalization;
using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;
using Npgsql;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Ten thousand orders due in the same moment, with a million others waiting.</summary>
internal sealed class Timers : IBenchmark
{
    private const int Due = 10_000;
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Name => "timers";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        var system = await run.BesideMillion(cancellationToken);
        var sendTime = await system.Load.Clock(cancellationToken) + Ahead;
        BenchRun.Say($"{Name}: ordering {Due} for one moment");
        var posted = await ClosedLoop.Times(
            Due, 16, ct => system.Load.Order(OrderBodies.ToAddress($"{Guid.NewGuid():N}@example.com", sendTime), ct), cancellationToken);
        await system.Settle(cancellationToken);

        var mark = await system.Completions.Mark(cancellationToken);
        await system.Meter.Reset(cancellationToken);
        var watch = Stopwatch.StartNew();
        await system.AdvanceClock(Ahead + TimeSpan.FromSeconds(1), cancellationToken);
        var left = await Left(system, sendTime, cancellationToken);
        while (left > 0 && watch.Elapsed < Patience)
        {
            await Task.Delay(200, cancellationToken);
            left = await Left(system, sendTime, cancellationToken);
        }

        var fired = watch.Elapsed.TotalSeconds;
        while (await InLine(system, cancellationToken) > 0 && watch.Elapsed < Patience)
            await Task.Delay(200, cancellationToken);
        var admitted = watch.Elapsed.TotalSeconds;
        var completed = await system.Completions.Wait(mark, posted.Accepted, Patience, cancellationToken);
        var conditions = string.Create(CultureInfo.InvariantCulture, $"{posted.Accepted} due at once, {WaitingOrders.Count:#,0} waiting, {left} left, {posted.Failed} refused");
        run.Add(new Measurement(Name, "all due timers fired, on the bus or in their creator's line", fired, "s") { Target = Target.Below(15), Conditions = conditions });
        run.Add(new Measurement(Name, "timers fired", (posted.Accepted - left) / fired, "1/s") { Limit = run.Limits.Message });
        run.Add(new Measurement(Name, "all due orders admitted to the bus", admitted, "s"));
        run.Add(new Measurement(Name, "all due orders completed", watch.Elapsed.TotalSeconds, "s") { Target = Target.Max(60), Conditions = $"{completed} of {posted.Accepted}" });
        run.Add(await system.Meter.Profile(Name, posted.Accepted, cancellationToken));
    }

    /// <summary>A timer becomes a message in the outbox, whose row goes when the broker has confirmed it, or a place in the backlog.</summary>
    private static async Task<long> Left(BenchRun run, DateTimeOffset sendTime, CancellationToken cancellationToken)
    {
        await using var command = run.Database.CreateCommand(
            """
            SELECT (SELECT count(*) FROM scheduled_message WHERE due_at <= $1)
                + (SELECT count(*) FROM outbox_message WHERE metadata::text LIKE '%SendTimeReached%') /* of the benchmark */
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = sendTime.ToUniversalTime() });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> InLine(BenchRun run, CancellationToken cancellationToken)
    {
        await using var command = run.Database.CreateCommand("SELECT count(*) FROM backlog /* of the benchmark */");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
