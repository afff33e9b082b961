using System.Text.Json;
using Npgsql;

namespace Notifications.Store;

/// <summary>
/// The status feed of one creator. Entries are numbered when somebody reads, after they were committed and by one reader at a time; so a
/// number never appears below one that was read, however long the transaction that wrote the entry took.
/// </summary>
public sealed class ReadFeed(NpgsqlDataSource database)
{
    private const int NumberingLock = 0x0FEED;
    private const int NumberedAtOnce = 10_000;

    /// <summary>Entries above <paramref name="sequence"/> ascending, or below it descending; 0 descending starts at the newest.</summary>
    public async Task<IReadOnlyList<(long Sequence, JsonElement Entry)>> Read(string creator, long sequence, int pageSize, bool descending, CancellationToken cancellationToken)
    {
        // The oldest are numbered first. Who asks for the newest must have numbered all.
        while (await NumberCommitted(creator, cancellationToken) == NumberedAtOnce && descending && sequence == 0)
        {
        }

        await using var command = database.CreateCommand(descending
            ? "SELECT sequence, entry FROM status_feed WHERE creator = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3"
            : "SELECT sequence, entry FROM status_feed WHERE creator = $1 AND sequence > $2 ORDER BY sequence LIMIT $3");
        command.Parameters.Add(new() { Value = creator });
        command.Parameters.Add(new() { Value = descending && sequence == 0 ? long.MaxValue : sequence });
        command.Parameters.Add(new() { Value = pageSize });

        var entries = new List<(long, JsonElement)>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            entries.Add((row.GetInt64(0), JsonSerializer.Deserialize<JsonElement>(row.GetString(1))));
        return entries;
    }

    private async Task<int> NumberCommitted(string creator, CancellationToken cancellationToken)
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
        return (int)batch.BatchCommands[1].Rows;
    }
}
