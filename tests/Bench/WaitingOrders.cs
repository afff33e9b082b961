using System.Diagnostics;
using System.Globalization;
using Notifications.Tests.Bench.Load;
using Npgsql;

namespace Notifications.Tests.Bench;

/// <summary>
/// A million orders that wait for a far send time: one real order is taken through the API, and its rows are multiplied in all the tables
/// it is in, with ids of their own and send times spread over days.
/// </summary>
internal sealed class WaitingOrders(BenchRun run)
{
    public const int Count = 1_000_000;
    private const int Chunk = 100_000;

    private static readonly string[] Tables = ["orders", "shipments", "order_state", "scheduled_message"];

    public async Task Load(CancellationToken cancellationToken)
    {
        BenchRun.Say(string.Create(CultureInfo.InvariantCulture, $"loading {Count:#,0} waiting orders"));
        var watch = Stopwatch.StartNew();
        var shipmentId = await run.Load.OrderAndRead(
            OrderBodies.ToAddress("waiting@example.com", await run.Load.Clock(cancellationToken) + TimeSpan.FromDays(30)), cancellationToken);
        for (var first = 0; first < Count; first += Chunk)
            await Multiply(shipmentId, first, cancellationToken);
        foreach (var table in Tables)
            await Execute($"VACUUM (FREEZE, ANALYZE) {table} /* of the benchmark */", cancellationToken);
        await Execute("CHECKPOINT /* of the benchmark */", cancellationToken);
        BenchRun.Say($"  loaded in {watch.Elapsed.TotalSeconds:0} s");
    }

    private async Task Multiply(Guid template, int first, CancellationToken cancellationToken)
    {
        await using var connection = await run.Database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            CREATE TEMPORARY TABLE copies /* of the benchmark */ AS
            SELECT gen_random_uuid() AS order_id, gen_random_uuid() AS shipment_id, gen_random_uuid() AS timer_id, gen_random_uuid() AS message_id,
                (n % 864000) * interval '1 second' AS later
            FROM generate_series({first}, {first + Chunk - 1}) AS n
            """));
        foreach (var sql in await Copies(connection, template, cancellationToken))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("DROP TABLE copies /* of the benchmark */"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> Copies(NpgsqlConnection connection, Guid shipmentId, CancellationToken cancellationToken)
    {
        var orderId = (Guid)await Value(connection, $"SELECT order_id FROM shipments WHERE id = '{shipmentId}'", cancellationToken);
        var timer = (Guid)await Value(connection, $"SELECT id FROM scheduled_message WHERE token_id = '{shipmentId}'", cancellationToken);
        string Renamed(string text) => $"replace(replace({text}, '{shipmentId}', c.shipment_id::text), '{timer}', c.timer_id::text)";

        return
        [
            await Copy(connection, "orders", $"t.id = '{orderId}'", new(StringComparer.Ordinal) { ["id"] = "c.order_id", ["idempotency_id"] = "c.order_id::text" }, cancellationToken),
            await Copy(connection, "shipments", $"t.id = '{shipmentId}'",
                new(StringComparer.Ordinal) { ["id"] = "c.shipment_id", ["order_id"] = "c.order_id", ["requested_send_time"] = "t.requested_send_time + c.later" }, cancellationToken),
            await Copy(connection, "order_state", $"t.correlation_id = '{shipmentId}'",
                new(StringComparer.Ordinal)
                {
                    ["correlation_id"] = "c.shipment_id", ["send_time_token_id"] = "c.shipment_id",
                    ["send_time"] = "t.send_time + c.later", ["stands_until"] = "t.stands_until + c.later",
                }, cancellationToken),
            await Copy(connection, "scheduled_message", $"t.id = '{timer}'",
                new(StringComparer.Ordinal)
                {
                    ["id"] = "c.timer_id", ["token_id"] = "c.shipment_id", ["due_at"] = "t.due_at + c.later",
                    ["body"] = $"convert_to({Renamed("convert_from(t.body, 'UTF8')")}, 'UTF8')", ["metadata"] = $"{Renamed("t.metadata::text")}::json",
                }, cancellationToken),
        ];
    }

    /// <summary>All columns as they are in the one row, but for those that differ from copy to copy.</summary>
    private static async Task<string> Copy(NpgsqlConnection connection, string table, string where, Dictionary<string, string> own, CancellationToken cancellationToken)
    {
        var columns = (string[])await Value(connection,
            $"SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''", cancellationToken);
        return $"INSERT INTO {table} /* of the benchmark */ ({string.Join(", ", columns)}) "
            + $"SELECT {string.Join(", ", columns.Select(column => own.GetValueOrDefault(column, $"t.{column}")))} FROM {table} t, copies c WHERE {where}";
    }

    private static async Task<object> Value(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"{sql} /* of the benchmark */", connection);
        return await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException($"The order to multiply is not where it was looked for: {sql}");
    }

    private async Task Execute(string sql, CancellationToken cancellationToken)
    {
        await using var command = run.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
