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

    private static readonly string[] Columns =
    [
        "id uuid", "shipment_id uuid", "channel text", "address text", "recipient_name text", "state text", "progress smallint",
        "at timestamptz", "expires_at timestamptz", "drive_at timestamptz", "national_identity_number text", "organization_number text",
        "external_identity text", "hand_off_from timestamptz", "hand_off_until timestamptz", "resource_name text", "fallback uuid", "language text",
    ];

    private static readonly RowStatement FirstPart = new(InsertFrom, Columns);

    private static readonly RowStatement LaterPart = new(
        rows => $"""
            {InsertFrom(rows)}
            WHERE r.address = '' OR (r.shipment_id, {SameText("r")}) NOT IN (
                SELECT n.shipment_id, {SameText("n")} FROM notifications n WHERE n.shipment_id IN (SELECT r.shipment_id FROM {rows}) AND n.address <> '')
            """,
        Columns);

    private static readonly RowStatement FoundIsForgotten = new(
        rows => $"DELETE FROM resolved_recipients f USING {rows} WHERE f.shipment_id = r.shipment_id", "shipment_id uuid");

    /// <summary>The one notification of a shipment that names a bare address; the address never leaves the database.</summary>
    public static Statement ToOrderedAddress(
        Guid shipmentId, Guid notificationId, Channel channel, DateTimeOffset now, HandOffTime time, bool hasAttachments = false) => OneToOrderedAddress.Of(
        notificationId, shipmentId, channel.ToString(), now, time.ExpiresAt, time.DriveAt, time.Opening?.From, time.Opening?.Until, hasAttachments);

    /// <summary>
    /// The notifications of a shipment, or of one part of its recipients. The last part also forgets what the resolver found: it served this
    /// shipment and serves no other. A later part leaves out what an earlier one has sent to the same address.
    /// </summary>
    public static IEnumerable<Statement> Insert(
        Guid shipmentId, IReadOnlyList<PlannedNotification> planned, DateTimeOffset now, Func<Channel, HandOffTime> times, bool isFirst = true, bool isLast = true)
    {
        if (planned.Count > 0)
            yield return (isFirst ? FirstPart : LaterPart).OfRows([.. planned.Select(p => Row(shipmentId, p, now, times(p.Channel)))]);
        if (isLast)
            yield return FoundIsForgotten.Of(shipmentId);
    }

    private static object?[] Row(Guid shipmentId, PlannedNotification planned, DateTimeOffset now, HandOffTime time) =>
    [
        planned.Id, shipmentId, planned.Channel.ToString(), planned.Address, planned.RecipientName, planned.State.ToString(), Progress.Of(planned.State),
        now, time.ExpiresAt, planned.State == NotificationState.New ? time.DriveAt : null, planned.Recipient.NationalIdentityNumber, planned.Recipient.OrganizationNumber,
        planned.Recipient.ExternalIdentity, time.Opening?.From, time.Opening?.Until, planned.ResourceName, planned.Fallback, planned.Language,
    ];

    private static string InsertFrom(string rows) =>
        $"""
        INSERT INTO notifications (id, shipment_id, channel, address, recipient_name, state, progress, created_at, last_update, expires_at, next_attempt_at, attempts,
            national_identity_number, organization_number, external_identity, hand_off_from, hand_off_until, resource_name, fallback, language, requested_send_time)
        SELECT r.id, r.shipment_id, r.channel, r.address, r.recipient_name, r.state, r.progress, r.at, r.at, r.expires_at, r.drive_at, 0,
            r.national_identity_number, r.organization_number, r.external_identity, r.hand_off_from, r.hand_off_until, r.resource_name, r.fallback, r.language, s.requested_send_time
        FROM {rows} JOIN shipments s ON s.id = r.shipment_id
        """;

    /// <summary>By what the saga tells a repeated message from another one.</summary>
    internal static string SameText(string row) =>
        $"""
        {row}.channel,
        {BadAddresses.Same($"{row}.channel", $"{row}.address")},
        coalesce({row}.recipient_name, ''),
        CASE WHEN {row}.recipient_name IS NOT NULL THEN concat_ws(' ', {row}.national_identity_number, {row}.organization_number, {row}.external_identity) ELSE '' END
        """;
}
