using Npgsql;

namespace Notifications.Store;

/// <summary>A shipment in a list of operators: nothing of whom it is for or what it says.</summary>
/// <param name="Since">When it came to its state.</param>
public sealed record ShipmentLine(
    Guid Id, Guid OrderId, string Creator, ShipmentType Type, string State, DateTimeOffset Since, string? SendersReference, DateTimeOffset CreatedAt, DateTimeOffset SendTime);

/// <summary>How many of a shipment's notifications are in one state.</summary>
public sealed record NotificationCount(Channel Channel, NotificationState State, long Count);

/// <summary>One shipment as operators see it.</summary>
/// <param name="ResolveTries">How often its recipients were looked up in vain.</param>
/// <param name="ConditionTries">How often its condition was asked in vain.</param>
public sealed record ShipmentSummary(
    ShipmentLine Line, OrderKind Kind, ChannelSchema ChannelSchema, int Recipients, int ResolveTries, int ConditionTries, IReadOnlyList<NotificationCount> Notifications);

/// <summary>Shipments of every creator, for those who operate the service.</summary>
public sealed class FindShipments(NpgsqlDataSource database)
{
    private const string Line = "s.id, s.order_id, s.creator, s.type, o.current_state, o.state_since, s.senders_reference, s.created_at, o.send_time";

    /// <summary>The shipments that an id may mean: a shipment's own, its order's, or one of its notifications'.</summary>
    public Task<IReadOnlyList<ShipmentLine>> ById(Guid id, int count, CancellationToken cancellationToken) => Lines(
        $"""
        SELECT {Line} FROM shipments s JOIN order_state o ON o.correlation_id = s.id
        WHERE s.id IN (SELECT $1 UNION SELECT id FROM shipments WHERE order_id = $1 UNION SELECT shipment_id FROM notifications WHERE id = $1)
        ORDER BY s.created_at, s.ordinal LIMIT $2
        """, cancellationToken, id, count);

    /// <summary>
    /// Those that carry a sender's reference, the newest first, from before a place in that order; and the one whose SMS the
    /// gateway knows by it.
    /// </summary>
    public Task<IReadOnlyList<ShipmentLine>> ByReference(string reference, (DateTimeOffset CreatedAt, Guid Id) before, int count, CancellationToken cancellationToken) => Lines(
        $"""
        WITH RECURSIVE {Sql.Creators("shipments WHERE senders_reference IS NOT NULL")}
        SELECT {Line} FROM (
            SELECT found.* FROM creators c CROSS JOIN LATERAL (
                SELECT * FROM shipments WHERE creator = c.creator AND senders_reference = $1 AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT $4) AS found
            UNION
            SELECT * FROM shipments WHERE id = (SELECT shipment_id FROM notifications WHERE provider_reference = $1) AND (created_at, id) < ($2, $3)) AS s
        JOIN order_state o ON o.correlation_id = s.id
        ORDER BY s.created_at DESC, s.id DESC LIMIT $4
        """, cancellationToken, reference, before.CreatedAt, before.Id, count);

    /// <summary>Those that have been in a state the longest, from after a place in that order. Final states have no such list.</summary>
    public Task<IReadOnlyList<ShipmentLine>> ByState(string state, (DateTimeOffset Since, Guid Id) after, int count, CancellationToken cancellationToken) => Lines(
        $"""
        SELECT {Line} FROM (
            SELECT * FROM order_state WHERE current_state = $1 AND stands_until IS NOT NULL AND (state_since, correlation_id) > ($2, $3)
            ORDER BY state_since, correlation_id LIMIT $4) AS o
        JOIN shipments s ON s.id = o.correlation_id ORDER BY o.state_since, o.correlation_id
        """, cancellationToken, state, after.Since, after.Id, count);

    public async Task<ShipmentSummary?> One(Guid id, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(
            $"""
            SELECT {Line}, r.kind, s.channel_schema, jsonb_array_length(s.recipients), o.resolve_tries, o.condition_tries
            FROM shipments s JOIN order_state o ON o.correlation_id = s.id JOIN orders r ON r.id = s.order_id WHERE s.id = $1
            """, id));
        batch.BatchCommands.Add(Sql.Command("SELECT channel, state, count(*) FROM notifications WHERE shipment_id = $1 GROUP BY channel, state ORDER BY channel, state", id));
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return null;

        var notifications = new List<NotificationCount>();
        var summary = new ShipmentSummary(
            Read(row), Enum.Parse<OrderKind>(row.GetString(9)), Enum.Parse<ChannelSchema>(row.GetString(10)), row.GetInt32(11), row.GetInt32(12), row.GetInt32(13), notifications);
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            notifications.Add(new NotificationCount(Channel.Named(row.GetString(0)), Enum.Parse<NotificationState>(row.GetString(1)), row.GetInt64(2)));
        return summary;
    }

    private async Task<IReadOnlyList<ShipmentLine>> Lines(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.Command(sql, values);
        var lines = new List<ShipmentLine>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            lines.Add(Read(row));
        return lines;
    }

    private static ShipmentLine Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), Enum.Parse<ShipmentType>(row.GetString(3)), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
        row.Text(6), row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8));
}
