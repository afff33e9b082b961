using Npgsql;

namespace Notifications.Store;

/// <summary>What came of one claimed call to a provider.</summary>
/// <param name="State">The state the notification is in now; <see cref="NotificationState.New"/> puts it back to be handed off again.</param>
/// <param name="ProviderReference">The gateway's name for the message, when it gave one.</param>
/// <param name="Answer">The provider's own words, without addresses or texts.</param>
/// <param name="NextAttemptAt">When it is to be handed off again; only with <see cref="NotificationState.New"/>.</param>
public sealed record SettledAttempt(
    Guid NotificationId, int Attempt, AttemptOutcome Outcome, NotificationState State,
    string? ProviderReference = null, string? Answer = null, DateTimeOffset? NextAttemptAt = null);

/// <summary>The settlement after calls to a provider. What a report has said meanwhile is kept.</summary>
public static class SettleAttempts
{
    /// <summary>Returns what the sagas are to hear.</summary>
    public static async Task<IReadOnlyList<ShipmentNews>> Settle(NpgsqlTransaction transaction, IReadOnlyList<SettledAttempt> settled, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (settled.Select(s => s.ProviderReference).OfType<string>().ToArray() is { Length: > 0 } references)
            batch.BatchCommands.Add(ApplyReports.LockReferences(references));
        batch.BatchCommands.Add(Ledger(settled, now));

        var moved = settled.Where(s => s.State != NotificationState.Sending || s.ProviderReference is not null).ToArray();
        if (moved.Length == 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return [];
        }

        var ids = moved.Select(s => s.NotificationId).ToArray();
        batch.BatchCommands.Add(ShipmentsSettled.Lock("SELECT shipment_id FROM notifications WHERE id = ANY ($1)", [ids]));
        batch.BatchCommands.Add(Move(moved, ids, now));
        batch.BatchCommands.Add(ApplyReports.ParkedFor("SELECT id FROM notifications WHERE id = ANY ($1)", now, [ids]));
        batch.BatchCommands.Add(ShipmentsSettled.Select($"{ShipmentsSettled.Updated} WHERE id = ANY ($1)", [ids]));
        return await ShipmentsSettled.Read(batch, cancellationToken);
    }

    private static NpgsqlBatchCommand Ledger(IReadOnlyList<SettledAttempt> settled, DateTimeOffset now) => Sql.Command(
        """
        UPDATE attempts a SET settled_at = $1, outcome = s.outcome, provider_answer = s.answer
        FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) AS s (id, number, outcome, answer)
        WHERE a.notification_id = s.id AND a.number = s.number AND a.outcome IN ('Claimed', 'Unknown')
        """,
        [
            now,
            settled.Select(s => s.NotificationId).ToArray(),
            settled.Select(s => s.Attempt).ToArray(),
            settled.Select(s => s.Outcome.ToString()).ToArray(),
            settled.Select(s => s.Answer).ToArray(),
        ]);

    private static NpgsqlBatchCommand Move(SettledAttempt[] moved, Guid[] ids, DateTimeOffset now) => Sql.Command(
        """
        UPDATE notifications n
        SET state = CASE WHEN s.forward OR s.back THEN s.state ELSE n.state END,
            progress = CASE WHEN s.forward OR s.back THEN s.progress ELSE n.progress END,
            last_update = CASE WHEN s.forward OR s.back THEN $1 ELSE n.last_update END,
            next_attempt_at = CASE WHEN s.back THEN s.next_attempt_at END,
            provider_reference = coalesce(n.provider_reference, s.reference)
        FROM (
            SELECT m.*, m.progress > c.progress AS forward, m.state = 'New' AND c.state = 'Sending' AND c.attempts = m.number AS back
            FROM unnest($2::uuid[], $3::int[], $4::text[], $5::smallint[], $6::text[], $7::timestamptz[])
                AS m (id, number, state, progress, reference, next_attempt_at)
            JOIN notifications c ON c.id = m.id) AS s
        WHERE n.id = s.id AND (s.forward OR s.back OR s.reference IS NOT NULL)
        """,
        [
            now,
            ids,
            moved.Select(s => s.Attempt).ToArray(),
            moved.Select(s => s.State.ToString()).ToArray(),
            moved.Select(s => Progress.Of(s.State)).ToArray(),
            moved.Select(s => s.ProviderReference).ToArray(),
            moved.Select(s => s.NextAttemptAt).ToArray(),
        ]);
}
