using Notifications.Durability;

namespace Notifications.Store;

/// <summary>A notification that the saga decided on.</summary>
/// <param name="Recipient">Who it is for, as they were ordered.</param>
/// <param name="Fallback">Names the fallbacks that were kept for it.</param>
/// <param name="Language">Of the text that it is sent with; null for the shipment's own.</param>
public sealed record PlannedNotification(Guid Id, Channel Channel, string Address, string? RecipientName, NotificationState State, OrderedRecipient Recipient, string? ResourceName = null, Guid? Fallback = null, string? Language = null);

/// <summary>The writes with which a saga's step brings notifications into being.</summary>
public static class PlanNotifications
{
    private static readonly RowStatement OneToOrderedAddress = new(
        rows => $"""
            INSERT INTO notifications (id, shipment_id, channel, address, state, progress, created_at, last_update, expires_at, next_attempt_at, attempts, hand_off_from, hand_off_until,
                has_attachments, requested_send_time)
            SELECT r.id, s.id, r.channel, CASE r.channel WHEN 'Email' THEN s.recipients -> 0 ->> 'email' ELSE s.recipients -> 0 ->> 'mobile' END, 'New', 0,
                r.at, r.at, r.expires_at, r.drive_at, 0, r.hand_off_from, r.hand_off_until, r.has_attachments, s.requested_send_time
            FROM {rows} JOIN shipments s ON s.id = r.shipment_id
            """,
        "id uuid", "shipment_id uuid", "channel text", "at timestamptz", "expires_at timestamptz", "drive_at timestamptz", "hand_off_from timestamptz", "hand_off_until timestamptz",
        "has_attachments boolean");

    /// <summary>The one notification of a shipment that names a bare address; the address never leaves the database.</summary>
    public static Statement ToOrderedAddress(
        Guid shipmentId, Guid notificationId, Channel channel, DateTimeOffset now, HandOffTime time, bool hasAttachments = false) => OneToOrderedAddress.Of(
        notificationId, shipmentId, channel.ToString(), now, time.ExpiresAt, time.DriveAt, time.Opening?.From, time.Opening?.Until, hasAttachments);

    /// <summary>
    /// The notifications of a shipment, or of one part of its recipients. The last part also forgets what the resolver found: it served this
    /// shipment and serves no other. A later part leaves out what an earlier one has sent to the same address.
    /// </summary>
    public static Statement Insert(
        Guid shipmentId, IReadOnlyList<PlannedNotification> planned, DateTimeOffset now, Func<Channel, HandOffTime> times, bool isFirst = true, bool isLast = true) => new(
        $"""
        {(isLast ? "WITH forgotten AS (DELETE FROM resolved_recipients WHERE shipment_id = $1)" : "")}
        INSERT INTO notifications (id, shipment_id, channel, address, recipient_name, state, progress, created_at, last_update, expires_at, next_attempt_at, attempts,
            national_identity_number, organization_number, external_identity, hand_off_from, hand_off_until, resource_name, fallback, language, requested_send_time)
        SELECT p.id, $1, p.channel, p.address, p.recipient_name, p.state, p.progress, $8, $8, p.expires_at, CASE p.state WHEN 'New' THEN p.drive_at END, 0,
            p.national_identity_number, p.organization_number, p.external_identity, p.hand_off_from, p.hand_off_until, p.resource_name, p.fallback, p.language,
            (SELECT requested_send_time FROM shipments WHERE id = $1)
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[], $9::timestamptz[], $10::timestamptz[],
            $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::text[], $17::uuid[], $18::text[])
            AS p (id, channel, address, recipient_name, state, progress, expires_at, drive_at,
                national_identity_number, organization_number, external_identity, hand_off_from, hand_off_until, resource_name, fallback, language)
        {(isFirst ? "" : $"WHERE p.address = '' OR ({SameText("p")}) NOT IN (SELECT {SameText("n")} FROM notifications n WHERE n.shipment_id = $1 AND n.address <> '')")}
        """,
        shipmentId,
        planned.Select(p => p.Id).ToArray(),
        planned.Select(p => p.Channel.ToString()).ToArray(),
        planned.Select(p => p.Address).ToArray(),
        planned.Select(p => p.RecipientName).ToArray(),
        planned.Select(p => p.State.ToString()).ToArray(),
        planned.Select(p => Progress.Of(p.State)).ToArray(),
        now,
        planned.Select(p => times(p.Channel).ExpiresAt).ToArray(),
        planned.Select(p => times(p.Channel).DriveAt).ToArray(),
        planned.Select(p => p.Recipient.NationalIdentityNumber).ToArray(),
        planned.Select(p => p.Recipient.OrganizationNumber).ToArray(),
        planned.Select(p => p.Recipient.ExternalIdentity).ToArray(),
        planned.Select(p => times(p.Channel).Opening?.From).ToArray(),
        planned.Select(p => times(p.Channel).Opening?.Until).ToArray(),
        planned.Select(p => p.ResourceName).ToArray(),
        planned.Select(p => p.Fallback).ToArray(),
        planned.Select(p => p.Language).ToArray());

    /// <summary>By what the saga tells a repeated message from another one.</summary>
    internal static string SameText(string row) =>
        $"""
        {row}.channel,
        {BadAddresses.Same($"{row}.channel", $"{row}.address")},
        coalesce({row}.recipient_name, ''),
        CASE WHEN {row}.recipient_name IS NOT NULL THEN concat_ws(' ', {row}.national_identity_number, {row}.organization_number, {row}.external_identity) ELSE '' END
        """;
}
