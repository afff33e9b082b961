using Npgsql;

namespace Notifications.Store;

/// <summary>What a provider reports about one message.</summary>
/// <param name="Provider">Which provider, as the attempt ledger names it.</param>
/// <param name="Key">Names the report, so that a repeated one is known.</param>
/// <param name="Reference">Names the message: the notification id for e-mail, the gateway's reference for SMS.</param>
/// <param name="State">What it means for the notification; null when it means nothing yet.</param>
public sealed record ReceivedReport(string Provider, Channel Channel, string Key, string Reference, string ProviderState, NotificationState? State);

/// <summary>
/// Takes delivery reports in, many at once. Every report is kept; one that outran the record of its own message is parked and applied when
/// the message is known. Repeated and late reports move nothing back.
/// </summary>
public static class ApplyReports
{
    /// <summary>Returns the shipments whose notifications are all final now.</summary>
    public static async Task<IReadOnlyList<Guid>> Apply(NpgsqlTransaction transaction, IReadOnlyList<ReceivedReport> reports, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        var emails = reports.Where(r => r.Channel == Channel.Email).Select(r => Guid.TryParse(r.Reference, out var id) ? id : Guid.Empty).Distinct().ToArray();
        var references = reports.Where(r => r.Channel == Channel.Sms).Select(r => r.Reference).Distinct(StringComparer.Ordinal).ToArray();

        batch.BatchCommands.Add(Keep(reports, now));
        batch.BatchCommands.Add(ShipmentsSettled.Lock(Touched, [emails, references]));
        batch.BatchCommands.Add(ParkedFor(TouchedIds, now, [emails, references]));
        batch.BatchCommands.Add(ShipmentsSettled.Select(Touched, [emails, references]));
        return await ShipmentsSettled.Read(batch, cancellationToken);
    }

    /// <summary>Matches reports that were parked because they came between a message's hand-off and its record; returns the shipments that are settled now.</summary>
    public static async Task<IReadOnlyList<Guid>> ApplyParked(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        const string matched = "FROM notifications n WHERE n.provider_reference IN (SELECT r.reference FROM delivery_reports r WHERE r.notification_id IS NULL)";
        var shipments = new List<Guid>();
        await using (var find = new NpgsqlCommand($"SELECT DISTINCT n.shipment_id {matched} LIMIT 1000", transaction.Connection, transaction))
        await using (var row = await find.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
                shipments.Add(row.GetGuid(0));
        }
        if (shipments.Count == 0)
            return [];

        var ids = shipments.ToArray();
        batch.BatchCommands.Add(ShipmentsSettled.Lock("SELECT unnest($1::uuid[])", [ids]));
        batch.BatchCommands.Add(ParkedFor("SELECT id FROM notifications WHERE shipment_id = ANY ($1)", now, [ids]));
        batch.BatchCommands.Add(ShipmentsSettled.Select("SELECT unnest($1::uuid[]) AS shipment_id", [ids]));
        return await ShipmentsSettled.Read(batch, cancellationToken);
    }

    private const string Touched = "SELECT shipment_id FROM notifications WHERE id = ANY ($1) OR provider_reference = ANY ($2)";
    private const string TouchedIds = "SELECT id FROM notifications WHERE id = ANY ($1) OR provider_reference = ANY ($2)";

    private static NpgsqlBatchCommand Keep(IReadOnlyList<ReceivedReport> reports, DateTimeOffset now) => new(
        """
        INSERT INTO delivery_reports (provider, report_key, reference, provider_state, state, received_at)
        SELECT provider, key, reference, provider_state, state, $1
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS r (provider, key, reference, provider_state, state)
        ON CONFLICT (provider, report_key) DO NOTHING
        """)
    {
        Parameters =
        {
            new() { Value = now },
            new() { Value = reports.Select(r => r.Provider).ToArray() },
            new() { Value = reports.Select(r => r.Key).ToArray() },
            new() { Value = reports.Select(r => r.Reference).ToArray() },
            new() { Value = reports.Select(r => r.ProviderState).ToArray() },
            new() { Value = reports.Select(r => r.State?.ToString()).ToArray() },
        },
    };

    /// <summary>Applies the reports that are not applied yet to the notifications that <paramref name="notificationIds"/> selects; the furthest one wins.</summary>
    internal static NpgsqlBatchCommand ParkedFor(string notificationIds, DateTimeOffset now, object[] parameters) => ShipmentsSettled.With(
            $"""
            WITH applied AS (
                UPDATE delivery_reports r SET notification_id = n.id
                FROM notifications n
                WHERE r.notification_id IS NULL AND n.id IN ({notificationIds})
                  AND r.reference = CASE n.channel WHEN 'Email' THEN n.id::text ELSE n.provider_reference END
                RETURNING n.id, r.state, r.id AS report),
            furthest AS (
                SELECT DISTINCT ON (id) id, state, CASE state WHEN 'Delivered' THEN {Progress.Delivered} WHEN 'Succeeded' THEN {Progress.HandedOff} WHEN 'Accepted' THEN {Progress.HandedOff} ELSE {Progress.Failed} END AS progress
                FROM applied WHERE state IS NOT NULL
                ORDER BY id, 3 DESC, report)
            UPDATE notifications n SET state = f.state, progress = f.progress, last_update = ${parameters.Length + 1}, next_attempt_at = NULL
            FROM furthest f WHERE n.id = f.id AND f.progress > n.progress
            """, [.. parameters, now]);
}
