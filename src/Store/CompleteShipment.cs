using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The status-feed entry of a shipment, written with its final state. One per shipment, whatever is repeated.</summary>
public static class CompleteShipment
{
    public static Statement FeedEntry(Guid shipmentId, string wireStatus, DateTimeOffset now) => FeedEntries("s.id = $1", shipmentId, wireStatus, now);

    /// <param name="which">The shipments <c>s</c>, by <paramref name="id"/>, which is <c>$1</c>.</param>
    internal static Statement FeedEntries(string which, Guid id, string wireStatus, DateTimeOffset now) => new(
        $"""
        INSERT INTO status_feed (creator, shipment_id, entry, created_at)
        SELECT s.creator, s.id,
            jsonb_strip_nulls(jsonb_build_object(
                'shipmentId', s.id,
                'sendersReference', s.senders_reference,
                'recipients', coalesce(
                    (SELECT jsonb_agg(jsonb_build_object(
                        'destination', n.address,
                        'status', CASE n.channel WHEN 'Sms' THEN 'SMS' ELSE n.channel END || '_' || n.state,
                        'lastUpdate', to_char(n.last_update AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY n.id)
                     FROM notifications n WHERE n.shipment_id = s.id), '[]'::jsonb),
                'status', $2,
                'lastUpdate', to_char($3 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'shipmentType', s.type)),
            $3
        FROM shipments s WHERE {which}
        ON CONFLICT (shipment_id) DO NOTHING
        """,
        id, wireStatus, now);
}
