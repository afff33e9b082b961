using System.Globalization;

namespace Notifications.Local;

/// <summary>Database and broker from compose.yaml, where a Docker engine answers and nothing is installed.</summary>
internal sealed class ComposeServers : ILocalServers
{
    private readonly List<SystemProcess> processes = [];

    public string Database { get; private set; } = "";

    public Uri? Broker { get; private set; }

    public IReadOnlyList<SystemProcess> Processes => processes;

    public IReadOnlyDictionary<string, string> Data { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["postgres"] = "docker volume notifications_postgres",
        ["rabbitmq"] = "docker volume notifications_rabbitmq",
    };

    public static async Task<bool> IsPossible(CancellationToken cancellationToken)
    {
        try
        {
            return (await Shell.Run(["docker", "info"], cancellationToken)).Succeeded
                && (await Shell.Run(["docker", "compose", "version"], cancellationToken)).Succeeded;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static async Task Stop() => await Shell.Require(Compose("stop"), CancellationToken.None);

    public static async Task Remove() => await Shell.Require(Compose("down", "--volumes"), CancellationToken.None);

    public async Task StartDatabase(PortWish port, CancellationToken cancellationToken)
    {
        var chosen = port.Choose();
        await Up("postgres", "NOTIFICATIONS_POSTGRES_PORT", chosen, cancellationToken);
        Database = $"Host=127.0.0.1;Port={chosen};Username=notifications;Password=notifications;Database=notifications";
    }

    public async Task StartBroker(PortWish port, CancellationToken cancellationToken)
    {
        var chosen = port.Choose();
        await Up("rabbitmq", "NOTIFICATIONS_RABBITMQ_PORT", chosen, cancellationToken);
        Broker = new Uri($"amqp://guest:guest@127.0.0.1:{chosen}/");
    }

    public void LetGo()
    {
        // Containers are nobody's child.
    }

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Up(string container, string portVariable, int port, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [portVariable] = port.ToString(CultureInfo.InvariantCulture) };
        var up = await Shell.Run(Compose("up", "--detach", "--wait", container), cancellationToken, environment);
        if (!up.Succeeded)
            throw new LocalException($"docker compose could not start {container}:{Environment.NewLine}{up.Output}");

        var id = await Shell.Require(Compose("ps", "--quiet", container), cancellationToken);
        var pid = await Shell.Require(["docker", "inspect", "--format", "{{.State.Pid}}", id], cancellationToken);
        if (OsProcess.Of(int.Parse(pid, CultureInfo.InvariantCulture)) is { } process)
        {
            lock (processes)
                processes.Add(new SystemProcess(container, process, $"127.0.0.1:{port}", $"docker logs {id[..12]}"));
        }
    }

    private static string[] Compose(params string[] arguments) =>
        ["docker", "compose", "--project-name", "notifications", "--file", Path.Combine(Repository.Root, "compose.yaml"), .. arguments];
}
