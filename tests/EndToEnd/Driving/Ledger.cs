using Npgsql;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>One notification as the database has it, with what came of each attempt to hand it off.</summary>
public sealed record LedgerLine(Guid ShipmentId, string Channel, string Address, string State, IReadOnlyList<string> Outcomes)
{
    public bool IsUnknown => Outcomes.Contains("Unknown", StringComparer.Ordinal);
}

/// <summary>What only the database shows. It is asked on a connection of its own each time, as its server is restarted under the tests.</summary>
public sealed class Ledger(string connectionString)
{
    public async Task<IReadOnlyList<LedgerLine>> Of(string creator)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(
            """
            SELECT n.shipment_id, n.channel, n.address, n.state, array_remove(array_agg(a.outcome ORDER BY a.number), NULL)
            FROM shipments s JOIN notifications n ON n.shipment_id = s.id LEFT JOIN attempts a ON a.notification_id = n.id
            WHERE s.creator = $1 GROUP BY n.id
            """, connection) { Parameters = { new() { Value = creator } } };
        var lines = new List<LedgerLine>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            lines.Add(new LedgerLine(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4)));
        return lines;
    }

    /// <summary>Gives a shipment that waits other recipients than it was ordered with, as JSON.</summary>
    public async Task SetRecipients(Guid shipmentId, string recipients)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand("UPDATE shipments SET recipients = $2::jsonb WHERE id = $1", connection)
        {
            Parameters = { new() { Value = shipmentId }, new() { Value = recipients } },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many files are kept for a shipment.</summary>
    public async Task<long> Attachments(Guid shipmentId)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM attachments WHERE shipment_id = $1", connection) { Parameters = { new() { Value = shipmentId } } };
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Final states as of that many shipments.</summary>
    public async Task AddToFeed(string creator, int count)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO status_feed (creator, shipment_id, entry, created_at)
            SELECT $1, gen_random_uuid(), '{"recipients": [], "status": "Order_Completed"}', now() FROM generate_series(1, $2)
            """, connection) { Parameters = { new() { Value = creator }, new() { Value = count } } };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every record of somebody having been shown a shipment, as JSON.</summary>
    public async Task<IReadOnlyList<string>> SupportReads(Guid shipmentId)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand("SELECT to_jsonb(r)::text FROM support_reads r WHERE $1 = ANY (shipments)", connection) { Parameters = { new() { Value = shipmentId } } };
        var reads = new List<string>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            reads.Add(row.GetString(0));
        return reads;
    }

    /// <summary>Where the shipments stand that have not come to their end.</summary>
    public async Task<IReadOnlyList<string>> Open(string creator)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(
            """
            SELECT concat_ws(' ', o.current_state, coalesce(n.channel, 'nothing to send'), n.state, count(*))
            FROM shipments s JOIN order_state o ON o.correlation_id = s.id LEFT JOIN notifications n ON n.shipment_id = s.id
            WHERE s.creator = $1 AND o.current_state NOT IN ('Completed', 'Cancelled', 'ConditionNotMet') GROUP BY o.current_state, n.channel, n.state
            """, connection) { Parameters = { new() { Value = creator } } };
        var open = new List<string>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            open.Add(row.GetString(0));
        return open;
    }

    /// <summary>How often a shipment's condition was asked in a row without an answer.</summary>
    public async Task<int> UnansweredQuestions(Guid shipmentId)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand("SELECT condition_tries FROM order_state WHERE correlation_id = $1", connection) { Parameters = { new() { Value = shipmentId } } };
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
