using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The writes with which attachments come and go, in the transactions of their shipment.</summary>
public static class KeepAttachments
{
    public static Statement Insert(Guid shipmentId, IReadOnlyList<Attachment> attachments) => new(
        """
        INSERT INTO attachments (shipment_id, ordinal, filename, mime_type, address, expires_at)
        SELECT $1, a.* FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS a
        """,
        shipmentId,
        attachments.Select(a => a.Ordinal).ToArray(),
        attachments.Select(a => a.Filename).ToArray(),
        attachments.Select(a => a.MimeType).ToArray(),
        attachments.Select(a => a.Address).ToArray(),
        attachments.Select(a => a.ExpiresAt).ToArray());

    /// <summary>Nobody sends them any more.</summary>
    public static Statement Forget(Guid shipmentId) => new("DELETE FROM attachments WHERE shipment_id = $1", shipmentId);

    /// <summary>The e-mail of a shipment whose attachments cannot be sent, in the failed state that says why.</summary>
    public static Statement Fail(Guid shipmentId, Guid notificationId, DateTimeOffset now) => new(
        $"""
        INSERT INTO notifications (id, shipment_id, channel, address, state, progress, created_at, last_update, expires_at, attempts, has_attachments, requested_send_time)
        SELECT $1, s.id, 'Email', s.recipients -> 0 ->> 'email',
            coalesce((SELECT failure FROM attachments a WHERE a.shipment_id = s.id AND failure IS NOT NULL ORDER BY ordinal LIMIT 1), 'Failed'),
            {Progress.Failed}, $3, $3, $3, 0, true, s.requested_send_time
        FROM shipments s WHERE s.id = $2
        """,
        notificationId, shipmentId, now);
}
