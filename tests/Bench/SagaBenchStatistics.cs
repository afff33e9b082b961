using Npgsql;

namespace Notifications.Tests.Bench;

sealed record SagaBenchCost(double Commits, double Statements);

/// <summary>Transactions that wrote, and statements, of one database, without what an idle host does in the same time.</summary>
sealed class SagaBenchStatistics(NpgsqlDataSource source) : IAsyncDisposable
{
    // A connection that has become idle publishes its counters up to ten seconds late.
    static readonly TimeSpan s_settling = TimeSpan.FromSeconds(10.5);
    static readonly TimeSpan s_idling = TimeSpan.FromSeconds(6);

    public static async Task<SagaBenchStatistics> Open(string database, CancellationToken ct)
    {
        var source = NpgsqlDataSource.Create(database);
        await using var create = source.CreateCommand("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await create.ExecuteNonQueryAsync(ct);
        return new SagaBenchStatistics(source);
    }

    public async Task<SagaBenchCost> Measure(Func<Task> work, int orders, CancellationToken ct)
    {
        await Task.Delay(s_settling, ct);
        var idleFrom = await Read(ct);
        await Task.Delay(s_idling, ct);
        var from = await Read(ct);
        await work();
        await Task.Delay(s_settling, ct);
        var to = await Read(ct);

        var idleSeconds = (from.At - idleFrom.At).TotalSeconds;
        var seconds = (to.At - from.At).TotalSeconds;
        double Own(long before, long after, long idleBefore, long idleAfter)
            => Math.Max(0, after - before - ((idleAfter - idleBefore) / idleSeconds * seconds)) / orders;

        return new SagaBenchCost(
            Own(from.Commits, to.Commits, idleFrom.Commits, from.Commits),
            Own(from.Statements, to.Statements, idleFrom.Statements, from.Statements));
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    async Task<(DateTime At, long Commits, long Statements)> Read(CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            SELECT clock_timestamp(),
                (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint),
                (SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
                    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                        AND query !~* '^\s*(BEGIN|COMMIT|ROLLBACK|SET)')
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetDateTime(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
