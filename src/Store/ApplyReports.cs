using Npgsql;

namespace Notifications.Store;

/// <summary>What a provider reports about one message.</summary>
/// <param name="Provider">Which provider, as the attempt ledger names it.</param>
/// <param name="Key">Names the report, so that a repeated one is known.</param>
/// <param name="Reference">Names the message: the notification id for e-mail and where an SMS gateway lets us name it, otherwise the gateway's reference.</param>
/// <param name="State">What it means for the notification; null when it means nothing yet.</param>
public sealed record ReceivedReport(string Provider, Channel Channel, string Key, string Reference, string ProviderState, NotificationState? State);

/// <summary>
/// Takes delivery reports in, many at once. Every report is kept; one that outran the record of its own message is parked and applied when
/// the message is known. Repeated and late reports move nothing back.
/// </summary>
public static class ApplyReports
{
    /// <summary>Returns what the sagas are to hear.</summary>
    public static async Task<IReadOnlyList<ShipmentNews>> Apply(NpgsqlTransaction transaction, IReadOnlyList<ReceivedReport> reports, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        var own = reports.Select(OwnId).OfType<Guid>().Distinct().ToArray();
        var references = reports.Where(r => r.Channel != Channel.Email).Select(r => r.Reference).Distinct(StringComparer.Ordinal).ToArray();
        object[] parameters = references.Length > 0 ? [own, references] : [own];

        if (references.Length > 0)
            batch.BatchCommands.Add(LockReferences(references));
        batch.BatchCommands.Add(Keep(reports, now));
        batch.BatchCommands.Add(ShipmentsSettled.Lock(Touched("SELECT shipment_id FROM notifications", references), parameters));
        batch.BatchCommands.Add(Move(reports, now));
        if (reports.Any(r => BadAddresses.IsAboutAddress(r.State)))
            batch.BatchCommands.Add(BadAddresses.Remember([.. reports.Where(r => BadAddresses.IsAboutAddress(r.State)).Select(Named)], now));
        batch.BatchCommands.Add(ShipmentsSettled.Select(Touched(ShipmentsSettled.Updated, references), parameters));
        return await ShipmentsSettled.Read(batch, cancellationToken);
    }

    /// <summary>
    /// How long a parked report is looked at again and again. Whenever its message is recorded, a report is matched however old it is; this is
    /// only for what both of them overlooked, and what is for nobody must not be looked at for ever.
    /// </summary>
    internal const string Recent = "interval '1 hour'";

    /// <summary>Matches reports that were parked because they came between a message's hand-off and its record; returns what the sagas are to hear.</summary>
    public static async Task<IReadOnlyList<ShipmentNews>> ApplyParked(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        const string matched = $"FROM notifications n WHERE n.provider_reference IN (SELECT r.reference FROM delivery_reports r WHERE r.notification_id IS NULL AND r.received_at > $1 - {Recent})";
        await using var find = transaction.Command($"SELECT DISTINCT n.shipment_id {matched} LIMIT 1000", now);
        Guid[] ids = [.. await find.ReadIds(cancellationToken)];
        if (ids.Length == 0)
            return [];

        batch.BatchCommands.Add(ShipmentsSettled.Lock("SELECT unnest($1::uuid[])", [ids]));
        batch.BatchCommands.Add(ParkedFor("SELECT id FROM notifications WHERE shipment_id = ANY ($1)", now, [ids]));
        batch.BatchCommands.Add(ShipmentsSettled.Select($"{ShipmentsSettled.Updated} WHERE shipment_id = ANY ($1)", [ids]));
        return await ShipmentsSettled.Read(batch, cancellationToken);
    }

    /// <summary>
    /// The record of a hand-off and the report about it may be written at the same moment, each without seeing the other. Both take this lock
    /// on the gateway's reference first, so the later one sees the earlier one.
    /// </summary>
    internal static NpgsqlBatchCommand LockReferences(string[] references) => Sql.Command(
        "SELECT FROM (SELECT pg_advisory_xact_lock(hashtextextended(reference, 0)) FROM (SELECT DISTINCT unnest($1::text[]) AS reference ORDER BY 1) AS sorted) AS locked",
        [references]);

    /// <summary>What <paramref name="select"/> says of the notifications that are reported on, by their ids and, where there are any, by the gateway's references.</summary>
    private static string Touched(string select, string[] references) =>
        $"{select} WHERE id = ANY ($1)" + (references.Length > 0 ? $" UNION ALL {select} WHERE provider_reference = ANY ($2)" : "");

    /// <summary>In their order, and with a look for each: joined, a plan from when the table was small would read all of it.</summary>
    private static NpgsqlBatchCommand Keep(IReadOnlyList<ReceivedReport> reports, DateTimeOffset now) => Sql.Command(
        """
        INSERT INTO delivery_reports (provider, report_key, reference, provider_state, state, received_at, notification_id)
        SELECT r.provider, r.key, r.reference, r.provider_state, r.state, $1,
            coalesce((SELECT id FROM notifications WHERE id = r.own_id), (SELECT id FROM notifications WHERE provider_reference = r.reference))
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[]) AS r (provider, key, reference, provider_state, state, own_id)
        ON CONFLICT (provider, report_key) DO NOTHING
        """,
        [
            now,
            reports.Select(r => r.Provider).ToArray(),
            reports.Select(r => r.Key).ToArray(),
            reports.Select(r => r.Reference).ToArray(),
            reports.Select(r => r.ProviderState).ToArray(),
            reports.Select(r => r.State?.ToString()).ToArray(),
            reports.Select(OwnId).ToArray(),
        ]);

    /// <summary>
    /// Of several reports about one message the furthest wins. A failure that a provider reports after another one has taken the message says
    /// nothing of it.
    /// </summary>
    private static NpgsqlBatchCommand Move(IReadOnlyList<ReceivedReport> reports, DateTimeOffset now)
    {
        var telling = reports.Where(r => r.State is not null).ToArray();
        return Sql.Command(
            """
            WITH furthest AS (
                SELECT DISTINCT ON (n.id) n.id, r.state, r.progress
                FROM unnest($2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::text[]) WITH ORDINALITY AS r (own_id, reference, state, progress, provider, place)
                CROSS JOIN LATERAL (
                    SELECT own.id FROM notifications own WHERE own.id = r.own_id AND (r.state = 'Delivered' OR NOT EXISTS (
                        SELECT FROM attempts a WHERE a.notification_id = own.id AND a.number = own.attempts AND a.provider NOT LIKE r.provider || '%'))
                    UNION ALL SELECT id FROM notifications WHERE provider_reference = r.reference) AS n
                ORDER BY n.id, r.progress DESC, r.place)
            UPDATE notifications n SET state = f.state, progress = f.progress, last_update = $1, next_attempt_at = NULL
            FROM furthest f WHERE n.id = f.id AND f.progress > n.progress
            """,
            [
                now,
                telling.Select(OwnId).ToArray(),
                telling.Select(r => r.Channel != Channel.Email ? r.Reference : null).ToArray(),
                telling.Select(r => r.State!.Value.ToString()).ToArray(),
                telling.Select(r => Progress.Of(r.State!.Value)).ToArray(),
                telling.Select(r => r.Provider).ToArray(),
            ]);
    }

    private static (Guid? Id, string? Reference, NotificationState State) Named(ReceivedReport report) =>
        (OwnId(report), report.Channel != Channel.Email ? report.Reference : null, report.State!.Value);

    /// <summary>Where the provider knows a message by the name that we gave it.</summary>
    private static Guid? OwnId(ReceivedReport report) =>
        report.Provider != Providers.Link && Guid.TryParse(report.Reference, out var id) ? id : null;

    /// <summary>Applies parked reports to the notifications that <paramref name="notificationIds"/> selects; the furthest one wins.</summary>
    internal static NpgsqlBatchCommand ParkedFor(string notificationIds, DateTimeOffset now, object[] parameters) => Sql.Command(
        $"""
        WITH applied AS (
            UPDATE delivery_reports r SET notification_id = n.id
            FROM notifications n
            WHERE r.notification_id IS NULL AND r.reference = n.provider_reference AND n.id IN ({notificationIds})
            RETURNING n.id, r.state, r.id AS report),
        furthest AS (
            SELECT DISTINCT ON (id) id, state, CASE state WHEN 'Delivered' THEN {Progress.Delivered} WHEN 'Succeeded' THEN {Progress.HandedOff} WHEN 'Accepted' THEN {Progress.HandedOff} ELSE {Progress.Failed} END AS progress
            FROM applied WHERE state IS NOT NULL
            ORDER BY id, 3 DESC, report)
        UPDATE notifications n SET state = f.state, progress = f.progress, last_update = ${parameters.Length + 1}, next_attempt_at = NULL
        FROM furthest f WHERE n.id = f.id AND f.progress > n.progress
        """, [.. parameters, now]);
}
