using Notifications.Durability;
using Npgsql;

namespace Notifications.Store;

/// <summary>
/// The claims of notifications that the request that ordered them sends itself. The first is written with the order, so that nobody ever
/// finds the notification unclaimed.
/// </summary>
public sealed class InstantHandOffs(NpgsqlDataSource database, ChannelProviders providers, TimeProvider clock)
{
    /// <summary>The notification and its first claim, to be committed with the order.</summary>
    public Statement FirstClaim(Guid shipmentId, Channel channel, ClaimedNotification claimed, DateTimeOffset now) => new(
        $"""
        WITH notification AS (
            INSERT INTO notifications (id, shipment_id, channel, address, state, progress, created_at, last_update, expires_at, attempts, next_attempt_at)
            VALUES ($1, $2, $3, $4, 'Sending', {Progress.HandingOff}, $5, $5, $6, 1, $8))
        INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome) VALUES ($1, 1, $7, $5, 'Claimed')
        """,
        claimed.Id, shipmentId, channel.ToString(), claimed.Address, now, claimed.ExpiresAt, providers.Of(channel),
        channel == Channel.Email ? now + UnreportedEmails.Patience : null);

    /// <summary>
    /// Claims the shipment's notification once more when the latest call left nothing with the provider, and nobody else will make another
    /// one. One that has failed meanwhile stays so until it is delivered. Returns its id and the number of the attempt.
    /// </summary>
    public async Task<(Guid Id, int Attempt)?> ClaimAgain(Guid shipmentId, Channel channel, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            WITH left_undone AS (
                SELECT n.id FROM notifications n JOIN attempts a ON a.notification_id = n.id AND a.number = n.attempts
                WHERE n.shipment_id = $1 AND n.progress IN ({Progress.Waiting}, {Progress.Failed}) AND n.next_attempt_at IS NULL
                    AND a.outcome IN ('Refused', 'Deferred')
                FOR UPDATE OF n),
            claimed AS (
                UPDATE notifications n
                SET state = CASE n.progress WHEN {Progress.Waiting} THEN 'Sending' ELSE n.state END,
                    progress = greatest(n.progress, {Progress.HandingOff}),
                    last_update = CASE n.progress WHEN {Progress.Waiting} THEN $2 ELSE n.last_update END,
                    attempts = n.attempts + 1, expires_at = $3
                FROM left_undone WHERE n.id = left_undone.id
                RETURNING n.id, n.attempts),
            ledger AS (
                INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome)
                SELECT id, attempts, $4, $2, 'Claimed' FROM claimed)
            SELECT id, attempts FROM claimed
            """, shipmentId, clock.GetUtcNow(), expiresAt, providers.Of(channel));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetGuid(0), row.GetInt32(1)) : null;
    }
}
