namespace Notifications.Local;

internal sealed class PrivateServers(string root, bool keepData) : ILocalServers
{
    public PrivatePostgres? Postgres { get; private set; }

    public PrivateRabbitMq? RabbitMq { get; private set; }

    public string Database => Postgres!.ConnectionString;

    public Uri? Broker => RabbitMq?.Uri;

    public IReadOnlyList<SystemProcess> Processes =>
    [
        .. Postgres is { Process: { } server } ? [new SystemProcess(SystemProcess.Postgres, server, $"127.0.0.1:{Postgres.Port}", Postgres.LogFile)] : Array.Empty<SystemProcess>(),
        .. RabbitMq is { PortMapper: { } mapper } ? [new SystemProcess(SystemProcess.PortMapper, mapper, Address: null, RabbitMq.LogFile)] : Array.Empty<SystemProcess>(),
        .. RabbitMq is { Node: { } node } ? [new SystemProcess(SystemProcess.RabbitMq, node, $"127.0.0.1:{RabbitMq.Port}", RabbitMq.LogFile)] : Array.Empty<SystemProcess>(),
    ];

    public IReadOnlyDictionary<string, string> Data
    {
        get
        {
            var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["postgres"] = Postgres!.DataDirectory };
            if (RabbitMq is not null)
                data["rabbitmq"] = RabbitMq.DataDirectory;
            return data;
        }
    }

    public async Task StartDatabase(PortWish port, CancellationToken cancellationToken) =>
        Postgres = await PrivatePostgres.Start(Path.Combine(root, "postgres"), port, !keepData, cancellationToken);

    public async Task StartBroker(PortWish port, CancellationToken cancellationToken) =>
        RabbitMq = await PrivateRabbitMq.Start(Path.Combine(root, "rabbitmq"), port, !keepData, cancellationToken);

    public void LetGo()
    {
        Postgres?.LetGo();
        RabbitMq?.LetGo();
    }

    public async ValueTask DisposeAsync()
    {
        if (RabbitMq is not null)
            await RabbitMq.DisposeAsync();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
    }
}
