using Notifications.Durability;
using Npgsql;

namespace Notifications.Tests.DurabilityContract;

/// <summary>What every contract test has: a database and names of its own, and hosts that end with it.</summary>
public abstract class ContractTest(EngineServers servers, DurabilityEngine engine) : IAsyncLifetime
{
    readonly List<ContractHost> _hosts = [];
    readonly string _names = $"t{Guid.NewGuid():N}"[..12];
    string _database = "";

    protected EngineServers Servers { get; } = servers;

    public async Task InitializeAsync() => _database = await Servers.CreateDatabase();

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();

        await using var source = NpgsqlDataSource.Create(_database);
        NpgsqlConnection.ClearAllPools();
    }

    private protected async Task<ContractHost> StartHost(Func<ContractHostSettings, ContractHostSettings>? configure = null)
    {
        var settings = new ContractHostSettings { Database = _database, Broker = Servers.RabbitMq.Uri, Names = _names, Engine = engine };
        var host = await ContractHost.Start(configure?.Invoke(settings) ?? settings);
        _hosts.Add(host);
        return host;
    }

    private protected async Task Stop(ContractHost host)
    {
        _hosts.Remove(host);
        await host.DisposeAsync();
    }

    private protected static Task<long> Count(ContractHost host, string table) => host.Scalar<long>($"SELECT count(*) FROM {table}");

    private protected static Task<int> Weight(ContractHost host, Guid id, string table = "parcel")
        => host.Scalar<int>($"""SELECT coalesce((SELECT "Weight" FROM {table} WHERE "CorrelationId" = $1), -1)""", id);
}
