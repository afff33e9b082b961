namespace Notifications.Local;

public sealed record LocalSystemOptions
{
    /// <summary>Folder for data, logs and copies of the hosts; made when it is missing, and by default a new one.</summary>
    public string Root { get; init; } = Path.Combine("/var/tmp", $"notifications-system-{Guid.NewGuid():N}");

    public int Workers { get; init; } = 1;

    /// <summary>Everything in the api process, and no broker.</summary>
    public bool Embedded { get; init; }

    /// <summary>Environment variables for every host, over those a system needs.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal SystemPorts? Ports { get; init; }

    internal PortWish DatabasePort { get; init; }

    internal PortWish BrokerPort { get; init; }

    internal bool UseCompose { get; init; }

    /// <summary>Comes before the servers, beside the build.</summary>
    internal Func<CancellationToken, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    internal bool Build { get; init; }

    internal bool Migrate { get; init; } = true;

    /// <summary>Data and logs stay, and a failing start leaves alone what ran before.</summary>
    internal bool Keep { get; init; }

    /// <summary>What runs already.</summary>
    internal LocalState? Before { get; init; }

    internal Action<string> Say { get; init; } = _ => { };
}
