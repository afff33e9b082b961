using Notifications.Durability;

namespace Notifications.Store;

/// <summary>The writes with which a saga's step keeps, uses and forgets what goes out when the first channel fails.</summary>
public static class Fallbacks
{
    public static Statement Keep(Guid shipmentId, IReadOnlyList<KeptFallback> kept) => new(
        """
        INSERT INTO fallbacks (id, shipment_id, instead_of, channel, address, recipient_name, resource_name, national_identity_number, organization_number, external_identity, due_at, language)
        SELECT k.id, $1, k.instead_of, k.channel, k.address, k.recipient_name, k.resource_name, k.national_identity_number, k.organization_number, k.external_identity, k.due_at, k.language
        FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::text[])
            AS k (id, instead_of, channel, address, recipient_name, resource_name, national_identity_number, organization_number, external_identity, due_at, language)
        """,
        shipmentId,
        kept.Select(k => k.Id).ToArray(),
        kept.Select(k => k.InsteadOf).ToArray(),
        kept.Select(k => k.Channel.ToString()).ToArray(),
        kept.Select(k => k.Address).ToArray(),
        kept.Select(k => k.RecipientName).ToArray(),
        kept.Select(k => k.ResourceName).ToArray(),
        kept.Select(k => k.NationalIdentityNumber).ToArray(),
        kept.Select(k => k.OrganizationNumber).ToArray(),
        kept.Select(k => k.ExternalIdentity).ToArray(),
        kept.Select(k => k.DueAt).ToArray(),
        kept.Select(k => k.Language).ToArray());

    /// <summary>
    /// Makes notifications of what was kept under the names that have a reason, once; where the same text went to the same address already, there is none.
    /// Of the first messages, those that still wait do not leave any more.
    /// </summary>
    public static Statement Use(Guid shipmentId, IReadOnlyDictionary<Guid, string> reasons, DateTimeOffset now, HandOffTime time) => new(
        $"""
        WITH late AS (
            UPDATE notifications SET state = 'Failed_TTL', progress = {Progress.Failed}, last_update = $3, next_attempt_at = NULL
            WHERE shipment_id = $1 AND fallback = ANY ($2) AND state = 'New'
            RETURNING shipment_id, channel, id),
        taken AS ({KeepHistory.OfNotifications("late", HistoryKind.NotificationTakenBack, "$3", state: "'Failed_TTL'")}),
        used AS (DELETE FROM fallbacks WHERE shipment_id = $1 AND instead_of = ANY ($2) RETURNING *),
        notified AS (
        INSERT INTO notifications (id, shipment_id, channel, address, recipient_name, state, progress, created_at, last_update, expires_at, next_attempt_at, attempts,
            national_identity_number, organization_number, external_identity, hand_off_from, hand_off_until, resource_name, language, requested_send_time)
        SELECT DISTINCT ON ({PlanNotifications.SameText("u")}) u.id, $1, u.channel, u.address, u.recipient_name, 'New', 0, $3, $3, $4, $5, 0,
            u.national_identity_number, u.organization_number, u.external_identity, $6, $7, u.resource_name, u.language, (SELECT requested_send_time FROM shipments WHERE id = $1)
        FROM used u
        WHERE ({PlanNotifications.SameText("u")}) NOT IN (SELECT {PlanNotifications.SameText("n")} FROM notifications n WHERE n.shipment_id = $1 AND n.channel = u.channel AND n.address <> '')
        RETURNING id)
        INSERT INTO shipment_history (shipment_id, at, kind, channel, notification_id, reason)
        SELECT $1, $3, 'FallbackChosen', u.channel, u.id, r.reason FROM used u JOIN unnest($2::uuid[], $8::text[]) AS r (instead_of, reason) USING (instead_of)
        WHERE u.id IN (SELECT id FROM notified)
        """,
        shipmentId, reasons.Keys.ToArray(), now, time.ExpiresAt, time.DriveAt, time.Opening?.From, time.Opening?.Until, reasons.Values.ToArray());

    public static Statement Forget(Guid shipmentId) => new("DELETE FROM fallbacks WHERE shipment_id = $1", shipmentId);
}
