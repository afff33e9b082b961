namespace Notifications.Local;

/// <summary>Database and broker of one system, wherever they come from.</summary>
internal interface ILocalServers : IAsyncDisposable
{
    string Database { get; }

    Uri? Broker { get; }

    /// <summary>In the order of their start.</summary>
    IReadOnlyList<SystemProcess> Processes { get; }

    IReadOnlyDictionary<string, string> Data { get; }

    Task StartDatabase(PortWish port, CancellationToken cancellationToken);

    Task StartBroker(PortWish port, CancellationToken cancellationToken);

    /// <summary>Lets them go on after this program has ended.</summary>
    void LetGo();
}
