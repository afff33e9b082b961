using Npgsql;

namespace Notifications.Store;

/// <summary>A waiting shipment with its new send time, the timer it waited for and the one it waits for now.</summary>
public sealed record MovedShipment(Guid Id, DateTimeOffset SendTime, Guid? OldTimer, Guid NewTimer);

/// <summary>
/// Gives a waiting shipment another send time, under the lock of its saga's row; reminders that were ordered so many days after a main
/// shipment move with it. What the old timer says from now on is not heard, for it is not the row's own.
/// </summary>
public static class MoveSendTime
{
    /// <summary>The main shipment first; empty when the shipment waits no longer.</summary>
    /// <param name="patience">How long after its send time a shipment may stand before it is driven.</param>
    public static async Task<IReadOnlyList<MovedShipment>> Move(
        NpgsqlTransaction transaction, Guid shipmentId, DateTimeOffset sendTime, Func<Guid> newTimer, TimeSpan patience, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await Waiting(transaction, shipmentId, cancellationToken);
        if (waiting.Count == 0 || waiting[0].Id != shipmentId)
            return [];

        var moved = waiting.Select(w => new MovedShipment(w.Id, w.Id == shipmentId ? sendTime : sendTime.AddDays(w.DelayDays!.Value), w.Timer, newTimer())).ToArray();
        var (ids, times, timers) = (moved.Select(m => m.Id).ToArray(), moved.Select(m => m.SendTime).ToArray(), moved.Select(m => m.NewTimer).ToArray());
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.BatchCommands.Add(Sql.Command(
            """
            UPDATE order_state o SET send_time = m.send_time, stands_until = m.send_time + $4, send_time_token_id = m.timer, version = o.version + 1
            FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) AS m (id, send_time, timer) WHERE o.correlation_id = m.id
            """, [ids, times, timers, patience]));
        batch.BatchCommands.Add(Sql.Command(
            """
            UPDATE shipments s SET requested_send_time = m.send_time, delay_days = CASE WHEN s.id = $3 THEN NULL ELSE s.delay_days END
            FROM unnest($1::uuid[], $2::timestamptz[]) AS m (id, send_time) WHERE s.id = m.id
            """, [ids, times, shipmentId]));
        batch.BatchCommands.Add(Sql.Command(
            "INSERT INTO shipment_history (shipment_id, at, kind) SELECT id, $2, 'Rescheduled' FROM unnest($1::uuid[]) AS m (id)", [ids, now]));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return moved;
    }

    private static async Task<List<(Guid Id, int? DelayDays, Guid? Timer)>> Waiting(NpgsqlTransaction transaction, Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            """
            SELECT s.id, s.delay_days, o.send_time_token_id
            FROM shipments m
            JOIN shipments s ON s.order_id = m.order_id AND (s.id = m.id OR (m.ordinal = 0 AND s.delay_days IS NOT NULL))
            JOIN order_state o ON o.correlation_id = s.id
            WHERE m.id = $1 AND o.current_state = 'Scheduled' ORDER BY s.ordinal FOR UPDATE OF o
            """, shipmentId);
        var waiting = new List<(Guid, int?, Guid?)>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            waiting.Add((row.GetGuid(0), row.IsDBNull(1) ? null : row.GetInt32(1), row.IsDBNull(2) ? null : row.GetGuid(2)));
        return waiting;
    }
}
