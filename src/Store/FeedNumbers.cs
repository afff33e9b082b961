using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Numbers the entries of the status feed. That is done when somebody reads, after they were committed and by one reader at a time; so a
/// number never appears below one that was read, however long the transaction that wrote the entry took.
/// </summary>
internal static class FeedNumbers
{
    private const int NumberingLock = 0x0FEED;
    private const int NumberedAtOnce = 10_000;

    /// <summary>Numbers what is committed; of much, the oldest.</summary>
    /// <returns>Whether there may be more.</returns>
    public static async Task<bool> Number(NpgsqlDataSource database, string creator, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // A statement of its own: the next one must look at what is committed after the lock was had.
                new("SELECT pg_advisory_xact_lock($1, hashtext($2))") { Parameters = { new() { Value = NumberingLock }, new() { Value = creator } } },
                new("""
                    WITH numbered AS MATERIALIZED (
                        SELECT id, nextval('status_feed_sequence') AS sequence
                        FROM (SELECT id FROM status_feed WHERE creator = $1 AND sequence IS NULL ORDER BY id LIMIT $2) AS fresh)
                    UPDATE status_feed f SET sequence = n.sequence FROM numbered n WHERE f.id = n.id
                    """) { Parameters = { new() { Value = creator }, new() { Value = NumberedAtOnce } } },
            },
        };
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        batch.Transaction = transaction;
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return batch.BatchCommands[1].Rows == NumberedAtOnce;
    }

    /// <summary>Numbers all that is committed.</summary>
    public static async Task NumberAll(NpgsqlDataSource database, string creator, CancellationToken cancellationToken)
    {
        while (await Number(database, creator, cancellationToken))
            continue;
    }
}
