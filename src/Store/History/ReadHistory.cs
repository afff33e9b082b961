using Npgsql;

namespace Notifications.Store;

/// <summary>What a shipment waits for.</summary>
/// <param name="State">Of its saga.</param>
/// <param name="SendTime">When it was, or is, to be sent.</param>
/// <param name="AsksAt">When its condition is asked again.</param>
/// <param name="ResolvesAt">When its recipients are looked up again.</param>
/// <param name="OpensAt">When the first of its waiting messages may leave.</param>
/// <param name="RetriesAt">When a hand-off that did not succeed is tried again.</param>
/// <param name="FallsBackAt">When the other channel is used if no delivery is reported.</param>
/// <param name="ExpiresAt">When the last of its open notifications becomes final at the latest.</param>
/// <param name="Reminders">The send times of the order's reminders that wait.</param>
public sealed record AwaitedByShipment(
    string State, DateTimeOffset SendTime, DateTimeOffset? AsksAt, DateTimeOffset? ResolvesAt, DateTimeOffset? OpensAt, DateTimeOffset? TurnsAt, DateTimeOffset? RetriesAt,
    DateTimeOffset? FallsBackAt, DateTimeOffset? ExpiresAt, IReadOnlyList<DateTimeOffset> Reminders);

/// <summary>
/// The history of one creator's shipments. What the ledger of attempts, the delivery reports and the notifications themselves keep for good
/// is told from there, and not kept twice.
/// </summary>
public sealed class ReadHistory(NpgsqlDataSource database, TimeProvider clock)
{
    public const int MostLines = 10_000;

    /// <summary>Null for a shipment that is not there.</summary>
    /// <param name="creator">Whose it must be.</param>
    /// <param name="shipmentId">The shipment.</param>
    /// <param name="after">The last line that is known already.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<IReadOnlyList<HistoryLine>?> Lines(string creator, Guid shipmentId, long after, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            WITH shipment AS (SELECT * FROM shipments WHERE id = $1 AND creator = $2),
            told AS (
                SELECT created_at AS at, 0 AS place, 0::bigint AS id, 'Accepted' AS kind, NULL AS state, NULL AS channel, NULL::uuid AS notification_id, NULL::int AS attempt, NULL AS reason, NULL AS provider_state, NULL AS provider
                FROM shipment
                UNION ALL
                SELECT h.at, CASE WHEN h.kind = 'StateChanged' AND h.state IN ('Completed', 'Cancelled', 'ConditionNotMet') THEN 9 ELSE 1 END, h.id, h.kind, h.state, h.channel, h.notification_id, NULL, h.reason, NULL, NULL
                FROM shipment_history h WHERE h.shipment_id = (SELECT id FROM shipment)
                UNION ALL
                SELECT n.created_at, 2, 0, 'NotificationPlanned', CASE WHEN n.address = '' OR (n.has_attachments AND n.expires_at = n.created_at) THEN n.state END, n.channel, n.id, NULL,
                    CASE WHEN f.notification_id IS NOT NULL THEN 'Fallback'
                        WHEN n.address = '' THEN 'NoAddress'
                        WHEN n.has_attachments AND n.expires_at = n.created_at THEN 'Attachment'
                        WHEN s.channel_schema NOT LIKE '%Preferred' THEN 'Ordered'
                        WHEN s.channel_schema = n.channel || 'Preferred' THEN 'Preferred'
                        ELSE 'MissingAddress' END, NULL, NULL
                FROM shipment s JOIN notifications n ON n.shipment_id = s.id
                LEFT JOIN (SELECT notification_id FROM shipment_history WHERE shipment_id = $1 AND kind = 'FallbackChosen') AS f ON f.notification_id = n.id
                UNION ALL
                SELECT a.claimed_at, 3, a.number, 'HandOffStarted', NULL, n.channel, n.id, a.number, NULL, NULL, a.provider
                FROM notifications n JOIN attempts a ON a.notification_id = n.id WHERE n.shipment_id = (SELECT id FROM shipment)
                UNION ALL
                SELECT a.settled_at, 4, a.number, 'HandOffEnded', NULL, n.channel, n.id, a.number, a.outcome, a.provider_answer, a.provider
                FROM notifications n JOIN attempts a ON a.notification_id = n.id WHERE n.shipment_id = (SELECT id FROM shipment) AND a.settled_at IS NOT NULL
                UNION ALL
                SELECT r.received_at, 5, r.id, 'ReportReceived', r.state, n.channel, n.id, NULL, NULL, r.provider_state, r.provider
                FROM notifications n JOIN delivery_reports r ON r.notification_id = n.id WHERE n.shipment_id = (SELECT id FROM shipment))
            SELECT * FROM (SELECT row_number() OVER (ORDER BY at, place, id, notification_id) AS sequence,
                at, kind, state, channel, notification_id, attempt, reason, provider_state, provider FROM told) AS lines
            WHERE sequence > $3 ORDER BY sequence LIMIT {MostLines}
            """, shipmentId, creator, after);
        var lines = new List<HistoryLine>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            lines.Add(new HistoryLine(
                row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), Enum.Parse<HistoryKind>(row.GetString(2)), row.Text(3), row.Text(4) is { } channel ? Channel.Named(channel) : null,
                row.IsDBNull(5) ? null : row.GetGuid(5), row.IsDBNull(6) ? null : row.GetInt32(6), row.Text(7), row.Text(8), row.Text(9)));
        }
        return lines.Count == 0 && after == 0 ? null : lines;
    }

    public async Task<AwaitedByShipment?> Awaited(string creator, Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT o.current_state, o.send_time,
                (SELECT due_at FROM scheduled_message WHERE token_id = o.ask_condition_token_id),
                (SELECT due_at FROM scheduled_message WHERE token_id = o.resolve_again_token_id),
                (SELECT min(hand_off_from) FROM notifications WHERE shipment_id = $1 AND state = 'New' AND hand_off_from > $3),
                (SELECT min(turn_at) FROM notifications WHERE shipment_id = $1 AND state = 'New' AND turn_at > $3 AND NOT coalesce(hand_off_from > $3, false)),
                (SELECT min(next_attempt_at) FROM notifications WHERE shipment_id = $1 AND state = 'New' AND attempts > 0 AND NOT coalesce(greatest(hand_off_from, turn_at) > $3, false)),
                (SELECT min(due_at) FROM fallbacks WHERE shipment_id = $1 AND due_at > $3),
                (SELECT max(expires_at) FROM notifications WHERE shipment_id = $1 AND progress < {Progress.Final}),
                coalesce((SELECT array_agg(ro.send_time ORDER BY ro.send_time) FROM shipments r JOIN order_state ro ON ro.correlation_id = r.id
                    WHERE r.order_id = s.order_id AND s.ordinal = 0 AND r.ordinal > 0 AND ro.current_state = 'Scheduled'), ARRAY[]::timestamptz[])
            FROM shipments s JOIN order_state o ON o.correlation_id = s.id WHERE s.id = $1 AND s.creator = $2
            """, shipmentId, creator, clock.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new AwaitedByShipment(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.Time(2), row.Time(3), row.Time(4), row.Time(5), row.Time(6), row.Time(7), row.Time(8),
                row.GetFieldValue<DateTimeOffset[]>(9))
            : null;
    }
}
