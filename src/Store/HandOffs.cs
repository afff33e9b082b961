using Notifications.Durability;

namespace Notifications.Store;

/// <summary>What was given to providers, and what still waits for that.</summary>
public static class HandOffs
{
    /// <summary>An attempt that was deferred or refused left nothing with a provider; a claim may be on its way.</summary>
    internal static string Of(string shipmentId) =>
        $"FROM notifications h JOIN attempts a ON a.notification_id = h.id WHERE h.shipment_id = {shipmentId} AND a.outcome IN ('Claimed', 'Accepted', 'Unknown')";

    /// <summary>Lets those of one channel go whose time has come.</summary>
    public static Statement Release(Guid shipmentId, Channel channel, DateTimeOffset now, HandOffTime time) => new(
        """
        UPDATE notifications SET hand_off_from = $3, hand_off_until = $4, next_attempt_at = $5
        WHERE shipment_id = $1 AND channel = $2 AND state = 'New' AND hand_off_from <= $6
        """,
        shipmentId, channel.ToString(), time.Opening?.From, time.Opening?.Until, time.DriveAt, now);

    /// <summary>Takes back what was not handed off.</summary>
    public static Statement TakeBack(Guid shipmentId, DateTimeOffset now) => new(
        $"""
        WITH taken AS (DELETE FROM notifications WHERE shipment_id = $1 AND state = 'New' RETURNING shipment_id, channel, id)
        {KeepHistory.OfNotifications("taken", HistoryKind.NotificationTakenBack, "$2")}
        """, shipmentId, now);
}
