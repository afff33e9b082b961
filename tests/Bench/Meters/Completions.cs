using System.Diagnostics;
using Npgsql;

namespace Notifications.Tests.Bench.Meters;

/// <summary>Counts completed shipments by what the database has committed.</summary>
internal sealed class Completions(NpgsqlDataSource database)
{
    /// <summary>The newest status-feed entry: each completion writes one, in its own commit, with a growing id.</summary>
    public Task<long> Mark(CancellationToken cancellationToken) =>
        Number("SELECT coalesce(max(id), 0) FROM status_feed /* of the benchmark */", cancellationToken);

    public Task<long> Since(long mark, CancellationToken cancellationToken) =>
        Number($"SELECT count(*) FROM status_feed WHERE id > {mark} /* of the benchmark */", cancellationToken);

    /// <summary>Waits until so many shipments are completed since the mark; returns how many are, also when patience ends.</summary>
    public async Task<long> Wait(long mark, long expected, TimeSpan patience, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var completed = await Since(mark, cancellationToken);
            if (completed >= expected || watch.Elapsed > patience)
                return completed;
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Sagas in their final state, by the sagas themselves.</summary>
    public Task<long> FinalSagas(CancellationToken cancellationToken) =>
        Number("SELECT count(*) FROM order_state WHERE current_state = 'Completed' /* of the benchmark */", cancellationToken);

    public async Task<bool> IsCompleted(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT current_state = 'Completed' FROM order_state WHERE correlation_id = $1 /* of the benchmark */");
        command.Parameters.Add(new NpgsqlParameter { Value = shipmentId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<long> Number(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
