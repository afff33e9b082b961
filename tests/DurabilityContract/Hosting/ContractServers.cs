using Notifications.Local;
using Npgsql;

// They wait more than they work.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace Notifications.Tests.DurabilityContract;

/// <summary>A PostgreSQL of which every test has a database of its own.</summary>
public class ContractServers : IAsyncLifetime
{
    int _databases;
    string? _migrated;

    public PrivatePostgres Postgres { get; private set; } = null!;

    protected string Folder { get; } = Path.Combine("/var/tmp", $"durability-{Guid.NewGuid():N}");

    public virtual async Task InitializeAsync() => Postgres = await PrivatePostgres.Start(Path.Combine(Folder, "postgres"));

    public virtual async Task DisposeAsync()
    {
        await Postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public Task<string> CreateDatabase() => Create("");

    /// <summary>A copy of the one that was migrated first.</summary>
    /// <param name="migrate">Migrates it.</param>
    public async Task<string> CreateMigrated(Func<string, Task> migrate)
    {
        // The tests of one server come one after the other.
        if (_migrated is null)
        {
            var first = await CreateDatabase();
            await migrate(first + ";Pooling=false");
            _migrated = new NpgsqlConnectionStringBuilder(first).Database;
        }
        return await Create($" TEMPLATE {_migrated}");
    }

    async Task<string> Create(string from)
    {
        var name = $"contract_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}{from}", connection);
        await command.ExecuteNonQueryAsync();
        return Postgres.ConnectionTo(name);
    }
}

/// <summary>And a RabbitMQ, for the tests of one engine, which break both.</summary>
public sealed class EngineServers : ContractServers
{
    public PrivateRabbitMq RabbitMq { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        var rabbitMq = PrivateRabbitMq.Start(Path.Combine(Folder, "rabbitmq"));
        await base.InitializeAsync();
        RabbitMq = await rabbitMq;
    }

    public override async Task DisposeAsync()
    {
        await RabbitMq.DisposeAsync();
        await base.DisposeAsync();
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
}

[CollectionDefinition(Name)]
public sealed class StoreServers : ICollectionFixture<ContractServers>
{
    public const string Name = "the store's server";
}

[CollectionDefinition(Name)]
public sealed class PessimisticServers : ICollectionFixture<EngineServers>
{
    public const string Name = "the pessimistic engine's servers";
}

[CollectionDefinition(Name)]
public sealed class GroupCommitServers : ICollectionFixture<EngineServers>
{
    public const string Name = "the group commit engine's servers";
}
