namespace Notifications.Local;

/// <summary>
/// A whole system on this machine: database, broker, sandbox, api and workers. Its ports are its own, so that several
/// can run beside each other. Disposing it ends everything and removes its folder.
/// </summary>
public sealed class LocalSystem : IAsyncDisposable
{
    private readonly LocalSystemOptions options;
    private readonly ILocalServers servers;
    private readonly SystemPorts ports;
    private HostProcess? sandbox;
    private HostProcess? api;
    private IReadOnlyList<HostProcess> workers = [];

    private LocalSystem(LocalSystemOptions options)
    {
        this.options = options;
        servers = options.UseCompose ? new ComposeServers() : new PrivateServers(options.Root, options.Keep);
        ports = options.Ports ?? SystemPorts.Free(options.Workers);
    }

    public Uri ApiUrl => ports.ApiAddress;

    public Uri SandboxUrl => ports.SandboxAddress;

    public PrivatePostgres Postgres => ((PrivateServers)servers).Postgres!;

    public PrivateRabbitMq Broker => ((PrivateServers)servers).RabbitMq!;

    public HostProcess Api => api!;

    public HostProcess Sandbox => sandbox!;

    public IReadOnlyList<HostProcess> Workers => workers;

    // The api comes last and goes first: what it accepts, the others work off.
    private IReadOnlyList<HostProcess> Hosts => [.. workers.Prepend(sandbox).Append(api).OfType<HostProcess>()];

    public static async Task<LocalSystem> Start(LocalSystemOptions options, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(options.Root);
        var system = new LocalSystem(options);
        try
        {
            await system.StartAll(cancellationToken);
            return system;
        }
        catch when (options.Before is not null)
        {
            system.LetGo();
            options.Before.UpdatedBy(system.Processes).Write();
            throw;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts.Reverse())
            await host.Kill();
        await servers.DisposeAsync();
        if (!options.Keep && Directory.Exists(options.Root))
            Directory.Delete(options.Root, recursive: true);
    }

    internal void LetGo()
    {
        servers.LetGo();
        foreach (var host in Hosts)
            host.LetGo();
    }

    internal LocalState Describe() => new()
    {
        Workers = options.Workers,
        Embedded = options.Embedded,
        Compose = options.UseCompose,
        Database = servers.Database,
        Broker = servers.Broker?.AbsoluteUri,
        Data = servers.Data,
        Processes = Processes,
    };

    private IReadOnlyList<SystemProcess> Processes =>
    [
        .. servers.Processes,
        .. from host in Hosts
           where host.Process is not null
           select new SystemProcess(host.Name, host.Process!.Value, host.Address.AbsoluteUri.TrimEnd('/'), host.LogFile),
    ];

    private async Task StartAll(CancellationToken cancellationToken)
    {
        using var group = new TaskGroup(cancellationToken);
        var prepared = group.Add(options.Prepare);
        var database = group.Add(token => StartDatabase(prepared, token));
        var broker = group.Add(token => StartBroker(prepared, token));
        var build = group.Add(Build);
        _ = group.Add(token => StartHosts(Task.WhenAll(database, build), broker, token));
        await group.End();
    }

    private async Task StartDatabase(Task prepared, CancellationToken cancellationToken)
    {
        await prepared;
        await Tell("PostgreSQL is up", servers.StartDatabase(options.DatabasePort, cancellationToken));
    }

    private async Task StartBroker(Task prepared, CancellationToken cancellationToken)
    {
        if (options.Embedded)
            return;
        await prepared;
        await Tell("RabbitMQ is up", servers.StartBroker(options.BrokerPort, cancellationToken));
    }

    private async Task Build(CancellationToken cancellationToken)
    {
        if (options.Build)
            await Tell("The hosts are built", HostBuild.Run(Path.Combine(options.Root, "logs"), cancellationToken));
    }

    private async Task StartHosts(Task databaseAndBuild, Task broker, CancellationToken cancellationToken)
    {
        await databaseAndBuild;
        sandbox = Host(Plans().Sandbox);
        sandbox.Start();
        if (options.Migrate)
            await Tell("The database is migrated", Migration.Run(Plans().Api, options.Root, cancellationToken));
        await broker;
        var plans = Plans();
        api = Host(plans.Api);
        workers = [.. plans.Workers.Select(Host)];
        using var starting = new TaskGroup(cancellationToken);
        foreach (var host in workers.Append(api))
            host.Start();
        foreach (var host in Hosts)
            _ = starting.Add(token => Tell($"The {host.Name} is ready", host.WaitUntilReady(token)));
        await starting.End();
    }

    // Asked again when the broker is up, since its address is known only then.
    private HostPlans Plans() => new(ports, options.Root, servers.Database, servers.Broker, options.Settings);

    private HostProcess Host(HostPlan plan) => new(plan, options.Root, options.Before?.Running(plan.Name));

    private async Task Tell(string done, Task task)
    {
        await task;
        options.Say(done);
    }
}
