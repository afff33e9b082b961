using Npgsql;

namespace Notifications.Store;

/// <summary>E-mail that its provider took and that no report has come for: what became of it is asked, ever more rarely.</summary>
public sealed class UnreportedEmails(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How long a report is waited for before the provider is asked the first time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Those whose time to be asked about has come; each goes to one caller, and comes again when twice the time has passed.</summary>
    public async Task<IReadOnlyList<Guid>> Take(int most, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            WITH due AS (
                SELECT id FROM notifications WHERE state = 'Sending' AND next_attempt_at <= $1
                ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            UPDATE notifications n SET next_attempt_at = $1 + greatest($3, $1 - n.last_update) FROM due WHERE n.id = due.id RETURNING n.id
            """, clock.GetUtcNow(), most, Patience);
        return await command.ReadIds(cancellationToken);
    }
}
