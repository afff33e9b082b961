using System.Globalization;

namespace Notifications.Local;

/// <summary>
/// A RabbitMQ node of our own, with its own Erlang port mapper, cookie and folder, everything on loopback. A node that
/// already runs on the folder is taken over. Data below the temporary folder goes when it is disposed; other data stays.
/// </summary>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly bool isTemporary;
    private BrokerPorts ports;
    private OsProcess? node;
    private OsProcess? portMapper;

    private PrivateRabbitMq(string dataDirectory, BrokerPorts ports, bool isTemporary)
    {
        DataDirectory = Path.GetFullPath(dataDirectory);
        this.ports = ports;
        this.isTemporary = isTemporary;
    }

    public string DataDirectory { get; }

    public int Port => ports.Amqp;

    public int? Pid => node is { IsAlive: true } running ? running.Pid : null;

    public string LogFile => Path.Combine(DataDirectory, "log", "server.log");

    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{Port}/");

    // Beside the folder, so that deleting the folder under a running node does not lose sight of it.
    private string NotePath => DataDirectory + ".running.json";

    public static Task<PrivateRabbitMq> Start(
        string dataDirectory,
        int? port = null,
        CancellationToken cancellationToken = default) =>
        Start(dataDirectory, port is { } wanted ? PortWish.Required(wanted) : PortWish.Any, ServerDirectory.IsTemporary(dataDirectory), cancellationToken);

    internal static async Task<PrivateRabbitMq> Start(
        string dataDirectory,
        PortWish port,
        bool isTemporary,
        CancellationToken cancellationToken)
    {
        OwnedProcess.EndOrphans();
        var broker = new PrivateRabbitMq(dataDirectory, BrokerPorts.Pick(port), isTemporary);
        if (!broker.TakeOverRunning(port))
            await broker.StartOnFreePort(port, cancellationToken);
        return broker;
    }

    /// <summary>Ends the node in order, and its port mapper.</summary>
    public async Task Stop()
    {
        if (node is { } running)
        {
            running.AskToStop();
            if (!await running.HasEndedWithin(Patience))
                await running.KillAndWait();
        }

        await Kill();
    }

    /// <summary>kill -9 of the node, and of its port mapper.</summary>
    public async Task Kill()
    {
        foreach (var process in new[] { node, portMapper }.OfType<OsProcess>())
        {
            await process.KillAndWait();
            OwnedProcess.Forget(process);
        }

        (node, portMapper) = (null, null);
        File.Delete(NotePath);
    }

    public async Task Restart()
    {
        await Stop();
        await Launch(CancellationToken.None);
    }

    /// <summary>Kills the node, deletes everything it has stored, queues and users too, and starts it empty.</summary>
    public async Task WipeData()
    {
        await Kill();
        var stored = Path.Combine(DataDirectory, "mnesia");
        if (Directory.Exists(stored))
            Directory.Delete(stored, recursive: true);
        await Launch(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!isTemporary)
        {
            await Stop();
            return;
        }

        await Kill();
        RemoveData();
    }

    internal OsProcess? Node => node;

    internal OsProcess? PortMapper => portMapper;

    /// <summary>Lets the node go on after this program has ended.</summary>
    internal void LetGo()
    {
        foreach (var process in new[] { node, portMapper }.OfType<OsProcess>())
            OwnedProcess.Forget(process);
    }

    private void RemoveData()
    {
        if (Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
        File.Delete(NotePath);
    }

    private bool TakeOverRunning(PortWish port)
    {
        if (BrokerNote.Read(NotePath) is not { Node.IsAlive: true, PortMapper.IsAlive: true } running)
        {
            BrokerNote.Read(NotePath)?.EndAll();
            return false;
        }

        if (!port.Allows(running.Ports.Amqp))
            throw new LocalException($"RabbitMQ already runs on {DataDirectory} with port {running.Ports.Amqp}, not {port.Port}; stop process {running.Node.Pid} first");
        ports = running.Ports;
        Own(running.Node, running.PortMapper);
        return true;
    }

    private async Task StartOnFreePort(PortWish port, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Launch(cancellationToken);
                return;
            }
            catch (LocalException) when (!port.IsRequired && attempt < 3 && ports.IsAnyTaken())
            {
                // Somebody else took a port between our look and the start.
                await Kill();
                ports = BrokerPorts.Pick(port);
            }
            catch
            {
                await Kill();
                throw;
            }
        }
    }

    private async Task Launch(CancellationToken cancellationToken)
    {
        if (!FreePort.IsFree(Port))
            throw new LocalException($"Port {Port} is taken, RabbitMQ cannot listen on it; free it or choose another");
        var configuration = new BrokerConfiguration(DataDirectory, ports);
        configuration.Write();
        var environment = configuration.Environment();
        var mapper = Shell.Spawn(["epmd", "-port", ports.PortMapper.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1"], environment, LogFile);
        // -noinput with this switch makes the script become the node instead of waiting beside it, so that the pid is the node's.
        var started = Shell.Spawn([InstalledServers.RabbitMq(), "-noinput"], environment, LogFile);
        Own(started, mapper);
        BrokerNote.Write(NotePath, new BrokerNote(started, mapper, ports));
        await BrokerReadiness.Wait(Uri, started, LogFile, Patience, cancellationToken);
    }

    private void Own(OsProcess startedNode, OsProcess mapper)
    {
        (node, portMapper) = (startedNode, mapper);
        OwnedProcess.Remember(startedNode, isTemporary ? DataDirectory : null);
        OwnedProcess.Remember(mapper, temporaryData: null);
    }
}
