using System.Diagnostics;
using Notifications.Tests.Bench.Load;
using Npgsql;

namespace Notifications.Tests.Bench.Meters;

/// <summary>How long the database takes to commit next to nothing while something else is measured: less than that nothing that commits can take.</summary>
internal static class LoneCommits
{
    /// <summary>So seldom that it is no load of its own.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    public static async Task<Latencies> While(Task load, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var milliseconds = new List<double>();
        await using var commit = database.CreateCommand("SELECT pg_logical_emit_message(true, 'bench', '') /* of the benchmark */");
        while (!load.IsCompleted)
        {
            var began = Stopwatch.GetTimestamp();
            await commit.ExecuteNonQueryAsync(cancellationToken);
            milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.WhenAny(load, Task.Delay(Between, cancellationToken));
        }
        return new Latencies(milliseconds);
    }
}
