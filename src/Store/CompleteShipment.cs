using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The status-feed entry of a shipment, written with its final state. One per shipment, whatever is repeated.</summary>
public static class CompleteShipment
{
    private static readonly RowStatement Entry = new(
        rows => FeedEntries($"{rows} JOIN shipments s ON s.id = r.shipment_id", "r.status", "r.at"), "shipment_id uuid", "status text", "at timestamptz");

    public static Statement FeedEntry(Guid shipmentId, string wireStatus, DateTimeOffset now) => Entry.Of(shipmentId, wireStatus, now);

    /// <param name="from">Where the shipments <c>s</c> come from.</param>
    /// <param name="status">The wire status; an expression, as is <paramref name="at"/>.</param>
    internal static string FeedEntries(string from, string status, string at) =>
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
                        'lastUpdate', {WireTime("n.last_update")}) ORDER BY n.id)
                     FROM notifications n WHERE n.shipment_id = s.id), '[]'::jsonb),
                'status', {status},
                'lastUpdate', {WireTime(at)},
                'shipmentType', s.type)),
            {at}
        FROM {from}
        ON CONFLICT (shipment_id) DO NOTHING
        """;

    private static string WireTime(string at) => $"""to_char({at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""";
}
