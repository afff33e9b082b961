using Notifications.Tests.Bench.Load;
using Notifications.Tests.Bench.Report;
using Npgsql;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>One order to ten thousand e-mail addresses, and what it costs another creator.</summary>
internal sealed class ManyRecipients : IBenchmark
{
    private const int Recipients = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string Name => "many";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        using var other = await OtherCreator.Begin(run, cancellationToken);
        var mark = await run.Completions.Mark(cancellationToken);
        var body = OrderBodies.ToMany(Recipients);
        var sent = DateTimeOffset.UtcNow;
        var orderId = await run.Load.OrderToMany(body, cancellationToken);
        var answered = DateTimeOffset.UtcNow - sent;
        var during = await other.During(AllHandedOff(run, orderId, cancellationToken), cancellationToken);
        var (first, last) = await HandOffs(run, orderId, cancellationToken);
        await run.Completions.Wait(mark, during.Count + 1, Patience, cancellationToken);

        run.Add(new Measurement(Name, "POST to its answer", answered.TotalMilliseconds, "ms") { Conditions = $"{Recipients} recipients" });
        run.Add(new Measurement(Name, "POST to the first hand-off", (first - sent).TotalMilliseconds, "ms") { Target = Target.Max(2000) });
        run.Add(new Measurement(Name, "hand-offs", Recipients / (last - first).TotalSeconds, "messages/s"));
        run.Add(new Measurement(Name, "another creator's order, alone, p99", other.Alone.Percentile(99), "ms"));
        run.Add(new Measurement(Name, "another creator's order, meanwhile, p99", during.Percentile(99), "ms")
        {
            Target = Target.Max(other.Alone.Percentile(99) + 200),
            Conditions = $"{during.Count} orders",
        });
    }

    private static async Task AllHandedOff(BenchRun run, Guid orderId, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (await Number(run, orderId, cancellationToken) < Recipients)
        {
            if (DateTimeOffset.UtcNow > end)
                throw new InvalidOperationException($"Not all of {Recipients} messages were handed off; see {run.System.Workers[0].LogFile}");
            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<long> Number(BenchRun run, Guid orderId, CancellationToken cancellationToken)
    {
        await using var command = Command(run, "count(*)", orderId);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<(DateTimeOffset First, DateTimeOffset Last)> HandOffs(BenchRun run, Guid orderId, CancellationToken cancellationToken)
    {
        await using var command = Command(run, "min(a.settled_at), max(a.settled_at)", orderId);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetFieldValue<DateTimeOffset>(0) - run.ClockOffset, row.GetFieldValue<DateTimeOffset>(1) - run.ClockOffset);
    }

    private static NpgsqlCommand Command(BenchRun run, string what, Guid orderId)
    {
        var command = run.Database.CreateCommand(
            $"SELECT {what} FROM attempts a JOIN notifications n ON n.id = a.notification_id JOIN shipments s ON s.id = n.shipment_id WHERE s.order_id = $1 AND a.outcome = 'Accepted' /* of the benchmark */");
        command.Parameters.Add(new NpgsqlParameter { Value = orderId });
        return command;
    }
}
