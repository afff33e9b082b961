using Notifications.Tests.Bench.Report;
using Npgsql;

namespace Notifications.Tests.Bench.Meters;

/// <summary>What the database server has counted so far.</summary>
/// <param name="Commits">Transactions, reading ones too; a session's own count comes in up to a second late.</param>
/// <param name="WritingTransactions">Transaction ids used: exactly the transactions that wrote.</param>
/// <param name="Statements">Statements of the hosts.</param>
internal sealed record DatabaseCounts(DateTimeOffset At, long Commits, long WritingTransactions, long Statements, double StatementSeconds);

/// <summary>Reads PostgreSQL's own statistics, with statements that are left out of them.</summary>
internal sealed class DatabaseMeter(NpgsqlDataSource database)
{
    private const string OfTheHosts = "dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%of the benchmark%'";

    public async Task Prepare(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task Reset(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_stat_statements_reset() /* of the benchmark */");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<DatabaseCounts> Read(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT clock_timestamp(), xact_commit, pg_snapshot_xmax(pg_current_snapshot())::text::bigint, s.calls::bigint, s.seconds /* of the benchmark */
            FROM pg_stat_database, (SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(total_exec_time), 0) / 1000 AS seconds FROM pg_stat_statements WHERE {OfTheHosts}) AS s
            WHERE datname = current_database()
            """);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new DatabaseCounts(row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetDouble(4));
    }

    public async Task<StatementProfile> Profile(string benchmark, double orders, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT left(regexp_replace(query, '\s+', ' ', 'g'), 240), calls, total_exec_time, rows /* of the benchmark */
            FROM pg_stat_statements WHERE {OfTheHosts} ORDER BY total_exec_time DESC LIMIT 25
            """);
        var costs = new List<StatementCost>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var calls = row.GetInt64(1);
            costs.Add(new StatementCost(row.GetString(0), calls / orders, row.GetDouble(2) / orders, (double)row.GetInt64(3) / Math.Max(calls, 1)));
        }
        return new StatementProfile(benchmark, costs);
    }
}
