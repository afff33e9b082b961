using Notifications.Durability;

namespace Notifications.Store;

/// <summary>Which shipments are to be cancelled: a query of their ids by one id.</summary>
public sealed record CancelScope
{
    private CancelScope(string shipments, Guid id, string reason) => (Shipments, Id, Reason) = (shipments, id, reason);

    internal string Shipments { get; }
    internal Guid Id { get; }

    /// <summary>As the history tells it.</summary>
    internal string Reason { get; }

    public static CancelScope Shipment(Guid shipmentId) => new("SELECT $1::uuid", shipmentId, "ByOwner");

    public static CancelScope Chain(Guid orderId) => new("SELECT id FROM shipments WHERE order_id = $1", orderId, "ByOwner");

    /// <summary>What waits of an order that an event of an app ends.</summary>
    public static CancelScope StoppedByApp(Guid orderId) => new("SELECT id FROM shipments WHERE order_id = $1", orderId, "ByAppEvent");

    /// <summary>The reminders of a main shipment, if it was cancelled or stopped by its condition and its order does not keep them independent.</summary>
    public static CancelScope RemindersOfStopped(Guid mainShipmentId) => new(
        """
        SELECT r.id FROM shipments m
        JOIN order_state ms ON ms.correlation_id = m.id AND ms.current_state IN ('Cancelled', 'ConditionNotMet')
        JOIN orders mo ON mo.id = m.order_id AND mo.reminder_policy <> 'Independent'
        JOIN shipments r ON r.order_id = m.order_id AND r.ordinal > 0
        WHERE m.id = $1 AND m.ordinal = 0
        """, mainShipmentId, "WithMain");
}

/// <summary>
/// Cancelling is decided here, under the locks of the saga's row and of the notifications: whatever is about to start or to hand off a
/// shipment at the same moment comes before or after it as a whole. A shipment can be cancelled until a provider was given, or may have been
/// given, the first of its messages; messages that only wait go with it. Cancelling again changes nothing.
/// </summary>
public static class CancelShipments
{
    /// <summary>To be run in this order, in one transaction.</summary>
    public static IReadOnlyList<Statement> Statements(CancelScope scope, string wireStatus, DateTimeOffset now) =>
    [
        // The main shipment first, as where they are moved. A step of many sagas may lock in another order; should the two meet, one of them is tried again.
        new($"SELECT FROM order_state o JOIN shipments s ON s.id = o.correlation_id WHERE s.id IN ({scope.Shipments}) ORDER BY s.ordinal FOR UPDATE OF o", scope.Id),
        // Nobody claims what is locked. Where it is too late anyway, nothing is held up.
        new($"""
            SELECT FROM notifications n WHERE n.shipment_id IN ({scope.Shipments})
                AND NOT EXISTS (SELECT {HandOffs.Of("n.shipment_id")}) ORDER BY n.id FOR UPDATE OF n
            """, scope.Id),
        new($"""
            WITH cancelled AS (
                UPDATE order_state o SET current_state = 'Cancelled', version = o.version + 1, state_since = $2, stands_until = NULL
                WHERE o.correlation_id IN ({scope.Shipments})
                    AND (o.current_state IN ('Scheduled', 'CheckingCondition', 'FetchingAttachments', 'ResolvingRecipients')
                        OR (o.current_state IN ('PlanningNotifications', 'Sending')
                            AND EXISTS (SELECT FROM notifications n WHERE n.shipment_id = o.correlation_id AND n.state = 'New')
                            AND NOT EXISTS (SELECT {HandOffs.Of("o.correlation_id")})))
                RETURNING o.correlation_id)
            INSERT INTO shipment_history (shipment_id, at, kind, state, reason) SELECT correlation_id, $2, 'StateChanged', 'Cancelled', $3 FROM cancelled
            """, scope.Id, now, scope.Reason),
        new($"""
            DELETE FROM scheduled_message t USING order_state o
            WHERE o.correlation_id IN ({scope.Shipments}) AND o.current_state = 'Cancelled' AND t.token_id = ANY (ARRAY[o.send_time_token_id, o.resolve_again_token_id, o.ask_condition_token_id, o.fallback_token_id])
            """, scope.Id),
        new($"""
            WITH taken AS (
                DELETE FROM notifications n USING order_state o
                WHERE o.correlation_id IN ({scope.Shipments}) AND o.current_state = 'Cancelled' AND n.shipment_id = o.correlation_id AND n.state = 'New'
                RETURNING n.shipment_id, n.channel, n.id)
            {KeepHistory.OfNotifications("taken", HistoryKind.NotificationTakenBack, "$2")}
            """, scope.Id, now),
        new($"""
            DELETE FROM fallbacks f USING order_state o
            WHERE o.correlation_id IN ({scope.Shipments}) AND o.current_state = 'Cancelled' AND o.has_fallback AND f.shipment_id = o.correlation_id
            """, scope.Id),
        new($"""
            DELETE FROM resolved_recipients r USING order_state o
            WHERE o.correlation_id IN ({scope.Shipments}) AND o.current_state = 'Cancelled' AND r.shipment_id = o.correlation_id
            """, scope.Id),
        new($"""
            DELETE FROM attachments a USING order_state o
            WHERE o.correlation_id IN ({scope.Shipments}) AND o.current_state = 'Cancelled' AND a.shipment_id = o.correlation_id
            """, scope.Id),
        new(CompleteShipment.FeedEntries(
            $"shipments s WHERE s.id IN (SELECT correlation_id FROM order_state WHERE correlation_id IN ({scope.Shipments}) AND current_state = 'Cancelled')", "$2", "$3"),
            scope.Id, wireStatus, now),
    ];
}
