using Notifications.Durability;
using Npgsql;

namespace Notifications.Store;

/// <summary>
/// The claims of notifications that the request that ordered them sends itself. The first is written with the order, so that nobody ever
/// finds the notification unclaimed.
/// </summary>
public sealed class InstantHandOffs(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The notification and its first claim, to be committed with the order.</summary>
    public static Statement FirstClaim(Guid shipmentId, ClaimedNotification claimed, DateTimeOffset now) => new(
        $"""
        WITH notification AS (
            INSERT INTO notifications (id, shipment_id, channel, address, state, progress, created_at, last_update, expires_at, attempts, next_attempt_at)
            VALUES ($1, $2, $3, $4, 'Sending', {Progress.HandingOff}, $5, $5, $6, 1, $8))
        INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome) VALUES ($1, 1, $7, $5, 'Claimed')
        """,
        claimed.Id, shipmentId, claimed.Channel.ToString(), claimed.Address, now, claimed.ExpiresAt, claimed.Provider,
        claimed.Provider == Providers.Acs ? now + UnreportedEmails.Patience : null);

    /// <summary>
    /// Claims the shipment's notification once more when the latest call left nothing with the provider, and nobody else will make another
    /// one. One that has failed meanwhile stays so until it is delivered. Returns its id, the number of the attempt and who is to be called:
    /// the first of <paramref name="providers"/>, or another one when the latest call found that one not taking the message.
    /// </summary>
    public async Task<(Guid Id, int Attempt, string Provider)?> ClaimAgain(Guid shipmentId, IReadOnlyList<string> providers, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            WITH left_undone AS (
                SELECT n.id, (
                    SELECT c.provider FROM unnest($4::text[]) WITH ORDINALITY AS c (provider, place)
                    WHERE NOT EXISTS (SELECT FROM attempts a WHERE {ClaimStatements.MayBeElsewhere("c.provider")})
                    ORDER BY c.provider = latest.provider AND latest.outcome = 'Deferred', c.place LIMIT 1) AS provider
                FROM notifications n JOIN attempts latest ON latest.notification_id = n.id AND latest.number = n.attempts
                WHERE n.shipment_id = $1 AND n.progress IN ({Progress.Waiting}, {Progress.Failed}) AND n.next_attempt_at IS NULL
                    AND latest.outcome IN ('Refused', 'Deferred')
                FOR UPDATE OF n),
            claimed AS (
                UPDATE notifications n
                SET state = CASE n.progress WHEN {Progress.Waiting} THEN 'Sending' ELSE n.state END,
                    progress = greatest(n.progress, {Progress.HandingOff}),
                    last_update = CASE n.progress WHEN {Progress.Waiting} THEN $2 ELSE n.last_update END,
                    attempts = n.attempts + 1, expires_at = $3
                FROM left_undone WHERE n.id = left_undone.id AND left_undone.provider IS NOT NULL
                RETURNING n.id, n.attempts, left_undone.provider),
            ledger AS (
                INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome)
                SELECT id, attempts, provider, $2, 'Claimed' FROM claimed)
            SELECT id, attempts, provider FROM claimed
            """, shipmentId, clock.GetUtcNow(), expiresAt, providers.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetGuid(0), row.GetInt32(1), row.GetString(2)) : null;
    }
}
