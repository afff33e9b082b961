using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Notifications.Tests.Bench.Meters;

/// <summary>Commits per second with PostgreSQL's own benchmark program, in a database beside the system's.</summary>
internal sealed class PgBench(string connectionString, NpgsqlDataSource server) : IAsyncDisposable
{
    private const string Database = "raw_limits";
    private const string Insert = "INSERT INTO written (body) VALUES (repeat('x', 600));";
    private const string Update = "\\set id random(1, 10000)\nUPDATE counted SET value = value + 1 WHERE id = :id;";

    private readonly NpgsqlConnectionStringBuilder _address = new(connectionString);
    private readonly string _scripts = Directory.CreateTempSubdirectory("notifications-bench-").FullName;

    public async Task Prepare(CancellationToken cancellationToken)
    {
        await Execute(server, $"CREATE DATABASE {Database}", cancellationToken);
        await using var own = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Database = Database, Pooling = false }.ConnectionString);
        await Execute(own,
            """
            CREATE TABLE written (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL);
            CREATE TABLE counted (id int PRIMARY KEY, value int NOT NULL) WITH (fillfactor = 50);
            INSERT INTO counted SELECT n, 0 FROM generate_series(1, 10000) AS n;
            """, cancellationToken);
    }

    public Task<double> Inserts(int seconds, CancellationToken cancellationToken) => Run(Insert, seconds, cancellationToken);

    public Task<double> Updates(int seconds, CancellationToken cancellationToken) => Run(Update, seconds, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_scripts, recursive: true);
        await Execute(server, $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", CancellationToken.None);
    }

    private async Task<double> Run(string sql, int seconds, CancellationToken cancellationToken)
    {
        var script = Path.Combine(_scripts, "script.sql");
        await File.WriteAllTextAsync(script, sql, cancellationToken);
        var start = new ProcessStartInfo(await Program(cancellationToken),
            ["-h", _address.Host!, "-p", Text(_address.Port), "-U", _address.Username!, "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", Text(seconds), "-f", script, Database])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var line = (await output).Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"pgbench gave no result: {await errors}");
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private async Task<string> Program(CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand("SELECT setting FROM pg_config WHERE name = 'BINDIR'");
        return Path.Combine((string)(await command.ExecuteScalarAsync(cancellationToken))!, "pgbench");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task Execute(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
