using Npgsql;

namespace Notifications.Store;

/// <summary>A notification that waits to be handed off, to be driven again.</summary>
public sealed record WaitingNotification(Guid Id, bool HasAttachments);

/// <summary>A shipment that stands longer than its state allows.</summary>
/// <param name="IsSettled">Every one of its notifications is final, and its saga has not heard of it.</param>
public sealed record StandingShipment(Guid Id, bool IsSettled);

/// <summary>Which of the reconciler's steps have something to do.</summary>
/// <param name="Pauses">A provider is not called at present, so that what it does next is looked at more often.</param>
public sealed record WhatStandsStill(bool Claims, bool HandOffs, bool Expiries, bool Reports, bool Shipments, bool Pauses)
{
    public static readonly WhatStandsStill Nothing = new(Claims: false, HandOffs: false, Expiries: false, Reports: false, Shipments: false, Pauses: false);
}

/// <summary>
/// What the database shows to stand still. Several hosts may look at the same time: each row goes to one of them, and moving it forward and
/// naming it for a message are one transaction.
/// </summary>
public static class Reconcile
{
    public const int BatchSize = 500;

    private const int FewAhead = 5;

    /// <summary>One look that costs next to nothing when nothing stands still, which is nearly always.</summary>
    public static async Task<WhatStandsStill> Look(NpgsqlDataSource database, DateTimeOffset claimedBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT EXISTS (SELECT FROM attempts WHERE outcome = 'Claimed' AND claimed_at < $2),
                EXISTS (SELECT FROM notifications WHERE state = 'New' AND channel = 'Email' AND next_attempt_at <= $1)
                    OR EXISTS (SELECT FROM notifications WHERE state = 'New' AND channel = 'Sms' AND next_attempt_at <= $1)
                    OR EXISTS (SELECT FROM notifications WHERE state = 'New' AND channel NOT IN ('Email', 'Sms') AND next_attempt_at <= $1),
                EXISTS (SELECT FROM notifications WHERE progress < {Progress.Final} AND expires_at <= $1),
                EXISTS (SELECT FROM delivery_reports r JOIN notifications n ON n.provider_reference = r.reference WHERE r.notification_id IS NULL AND r.received_at > $1 - {ApplyReports.Recent}),
                EXISTS (SELECT FROM order_state WHERE stands_until <= $1),
                EXISTS (SELECT FROM provider_pauses)
            """, now, claimedBefore);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new WhatStandsStill(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5));
    }

    /// <summary>
    /// Sagas that stand longer than their state allows. One that only waits for reports is looked at ever more rarely, and not driven, unless
    /// something failed, or was not reported in time, that may go out over another channel.
    /// </summary>
    public static async Task<IReadOnlyList<StandingShipment>> StandingStill(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            $"""
            WITH overdue AS (
                SELECT correlation_id FROM order_state WHERE stands_until <= $1
                ORDER BY stands_until LIMIT {BatchSize} FOR UPDATE SKIP LOCKED),
            moved AS (
                UPDATE order_state o SET stands_until = $1 + greatest(interval '30 seconds', $1 - o.state_since)
                FROM overdue WHERE o.correlation_id = overdue.correlation_id
                RETURNING o.correlation_id, o.current_state, o.has_fallback),
            seen AS (
                SELECT *, current_state = 'Sending' AND {ShipmentsSettled.IsSettled("correlation_id")} AS is_settled FROM moved)
            SELECT correlation_id, is_settled FROM seen
            WHERE current_state <> 'Sending' OR is_settled OR (has_fallback AND EXISTS (
                SELECT FROM fallbacks f JOIN notifications n ON n.shipment_id = f.shipment_id AND n.fallback = f.instead_of
                WHERE f.shipment_id = correlation_id AND (n.progress = {Progress.Failed} OR f.due_at <= $1)))
            """, now);
        var standing = new List<StandingShipment>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            standing.Add(new StandingShipment(row.GetGuid(0), row.GetBoolean(1)));
        return standing;
    }

    /// <summary>
    /// Notifications of a channel whose hand-off is due: put off earlier, or their command was lost. None while no provider is called that may
    /// have them; a few when a pause is over, of which one goes ahead; and never more than <paramref name="most"/>.
    /// </summary>
    public static async Task<IReadOnlyList<WaitingNotification>> DueForHandOff(
        NpgsqlTransaction transaction, Channel channel, string[] providers, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string paused = $"SELECT FROM provider_pauses p WHERE p.provider = c.provider AND p.sender = '{ProviderPause.Everybody}'";
        const string provider = "SELECT FROM unnest($2::text[]) AS c (provider)";
        await using var command = transaction.Command(
            $"""
            WITH due AS (
                SELECT n.id FROM notifications n WHERE n.state = 'New' AND n.channel = '{channel}' AND n.next_attempt_at <= $1
                    AND EXISTS ({provider}
                        WHERE NOT EXISTS (SELECT FROM provider_pauses p WHERE {ProviderPauses.Of(channel, "c.provider")} AND p.until > $1)
                            AND (n.attempts = 0 OR NOT EXISTS (SELECT FROM attempts a WHERE {ClaimStatements.MayBeElsewhere("c.provider")})))
                ORDER BY n.next_attempt_at
                LIMIT CASE WHEN EXISTS ({provider} WHERE NOT EXISTS ({paused})) THEN $3
                    WHEN EXISTS ({provider} WHERE EXISTS ({paused} AND p.until <= $1)) THEN least({FewAhead}, $3) ELSE 0 END
                FOR UPDATE SKIP LOCKED)
            UPDATE notifications n SET next_attempt_at = $1 + greatest(interval '30 seconds', $1 - greatest(n.created_at, n.hand_off_from, n.turn_at))
            FROM due WHERE n.id = due.id RETURNING n.id, n.has_attachments
            """, now, providers, most);
        var due = new List<WaitingNotification>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            due.Add(new WaitingNotification(row.GetGuid(0), row.GetBoolean(1)));
        return due;
    }

    /// <summary>
    /// Claims that nobody settled, as after a crash between the call and its record. Where the provider knows a call that is repeated, as that
    /// of e-mail, the message is put back: its next call carries the same key, so it cannot arrive twice. Anywhere else its attempt becomes
    /// unknown, and is never repeated. Returns how many of those there are.
    /// </summary>
    public static async Task<int> GiveUpClaims(NpgsqlTransaction transaction, string[] knowingRepeats, DateTimeOffset claimedBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            $"""
            WITH stale AS (
                SELECT notification_id, number FROM attempts WHERE outcome = 'Claimed' AND claimed_at < $2
                ORDER BY claimed_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED),
            unknown AS (
                UPDATE attempts a SET outcome = 'Unknown', settled_at = $1, provider_answer = 'no outcome was recorded'
                FROM stale WHERE a.notification_id = stale.notification_id AND a.number = stale.number
                RETURNING a.notification_id, a.number, a.provider),
            back AS (
                UPDATE notifications n SET state = 'New', progress = 0, last_update = $1, next_attempt_at = $1
                FROM unknown u WHERE n.id = u.notification_id AND u.provider = ANY ($3) AND n.state = 'Sending' AND n.attempts = u.number)
            SELECT count(*)::int FROM unknown WHERE provider <> ALL ($3)
            """, now, claimedBefore, knowingRepeats);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Makes notifications final that are past their expiry, whatever they waited for; returns what the sagas are to hear.</summary>
    public static async Task<IReadOnlyList<ShipmentNews>> Expire(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var shipments = await Ids(transaction,
            $"SELECT DISTINCT shipment_id FROM (SELECT shipment_id FROM notifications WHERE progress < {Progress.Final} AND expires_at <= $1 ORDER BY expires_at LIMIT {BatchSize}) AS expired",
            now, cancellationToken);
        if (shipments.Count == 0)
            return [];

        var ids = shipments.ToArray();
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.BatchCommands.Add(ShipmentsSettled.Lock("SELECT unnest($1::uuid[])", [ids]));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            WITH expired AS (
                UPDATE notifications SET state = 'Failed_TTL', progress = {Progress.Failed}, last_update = $2, next_attempt_at = NULL
                WHERE shipment_id = ANY ($1) AND progress < {Progress.Final} AND expires_at <= $2
                RETURNING shipment_id, channel, id)
            {KeepHistory.OfNotifications("expired", HistoryKind.NotificationExpired, "$2", state: "'Failed_TTL'")}
            """) { Parameters = { new() { Value = ids }, new() { Value = now } } });
        batch.BatchCommands.Add(ShipmentsSettled.Select($"{ShipmentsSettled.Updated} WHERE shipment_id = ANY ($1)", [ids]));
        return await ShipmentsSettled.Read(batch, cancellationToken);
    }

    private static async Task<IReadOnlyList<Guid>> Ids(NpgsqlTransaction transaction, string sql, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(sql, now);
        return await command.ReadIds(cancellationToken);
    }
}
