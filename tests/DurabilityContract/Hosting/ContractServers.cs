using Notifications.Local;
using Npgsql;

namespace Notifications.Tests.DurabilityContract;

/// <summary>One PostgreSQL and one RabbitMQ for the whole assembly; every test has a database and names of its own.</summary>
public sealed class ContractServers : IAsyncLifetime
{
    readonly string _folder = Path.Combine("/var/tmp", $"durability-{Guid.NewGuid():N}");
    int _databases;

    public PrivatePostgres Postgres { get; private set; } = null!;
    public PrivateRabbitMq RabbitMq { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var postgres = PrivatePostgres.Start(Path.Combine(_folder, "postgres"));
        var rabbitMq = PrivateRabbitMq.Start(Path.Combine(_folder, "rabbitmq"));
        Postgres = await postgres;
        RabbitMq = await rabbitMq;
    }

    public async Task DisposeAsync()
    {
        await RabbitMq.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A killed node's ports may take a moment to become free.</summary>
    public async Task StartBrokerAgain()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RabbitMq.Restart();
                return;
            }
            catch (LocalException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    public async Task<string> CreateDatabase()
    {
        var name = $"contract_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return Postgres.ConnectionTo(name);
    }
}

[CollectionDefinition(Name)]
public sealed class SharedServers : ICollectionFixture<ContractServers>
{
    public const string Name = "servers";
}
