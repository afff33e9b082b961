using Npgsql;

namespace Notifications.Store;

public enum LookupKind
{
    DryRun,
    Reachability,
}

/// <summary>The record of a creator having asked how recipients can be reached, without ordering anything.</summary>
public sealed class Lookup
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Creator { get; init; }
    public required LookupKind Kind { get; init; }
    public required int Recipients { get; init; }
}

public sealed class KeepLookups(NpgsqlDataSource database)
{
    /// <summary>False, and nothing is kept, when it would be more than the quota since then. One at a time for each creator.</summary>
    public async Task<bool> Take(string creator, LookupKind kind, int recipients, DateTimeOffset since, DateTimeOffset now, int quota, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Sql.Command("SELECT pg_advisory_xact_lock(hashtextextended('lookups ' || $1, 0))", [creator]));
        batch.BatchCommands.Add(Sql.Command(
            """
            INSERT INTO lookups (at, creator, kind, recipients) SELECT $1, $2, $3, $4
            WHERE (SELECT coalesce(sum(recipients), 0) FROM lookups WHERE creator = $2 AND at >= $5) + $4 <= $6
            """, [now, creator, kind.ToString(), recipients, since, quota]));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return batch.BatchCommands[1].Rows > 0;
    }
}
