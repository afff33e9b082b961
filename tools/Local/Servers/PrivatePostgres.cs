using System.Globalization;
using Npgsql;

namespace Notifications.Local;

/// <summary>
/// A PostgreSQL of our own on a loopback port. A server that already runs on the folder is taken over. Data below the
/// temporary folder goes when it is disposed; other data stays.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string User = "notifications";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly bool isTemporary;
    private OsProcess? server;

    private PrivatePostgres(string dataDirectory, bool isTemporary)
    {
        DataDirectory = dataDirectory;
        this.isTemporary = isTemporary;
    }

    public string DataDirectory { get; }

    public int Port { get; private set; }

    public int? Pid => server is { IsAlive: true } running ? running.Pid : null;

    public string LogFile => Path.Combine(DataDirectory, "server.log");

    public string ConnectionString => ConnectionTo(User);

    private string PidFile => Path.Combine(DataDirectory, "postmaster.pid");

    private string InitializedMark => Path.Combine(DataDirectory, "notifications.initialized");

    public static Task<PrivatePostgres> Start(string dataDirectory, int? port = null, CancellationToken cancellationToken = default) =>
        Start(dataDirectory, port is { } wanted ? PortWish.Required(wanted) : PortWish.Any, ServerDirectory.IsTemporary(dataDirectory), cancellationToken);

    internal static async Task<PrivatePostgres> Start(string dataDirectory, PortWish port, bool isTemporary, CancellationToken cancellationToken)
    {
        OwnedProcess.EndOrphans();
        var folder = await ServerDirectory.ForPostgres(dataDirectory, cancellationToken);
        var postgres = new PrivatePostgres(folder, isTemporary);
        if (!File.Exists(postgres.InitializedMark))
            await postgres.Initialize();
        if (!postgres.TakeOverRunning(port))
            await postgres.StartOnFreePort(port, cancellationToken);
        await postgres.CreateDatabase(cancellationToken);
        return postgres;
    }

    public string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username={User};Database={database}";

    /// <summary>Ends it in order, without waiting for clients to leave.</summary>
    public async Task Stop()
    {
        if (server is not { } running)
            return;
        running.Interrupt();
        if (!await running.HasEndedWithin(Patience))
            await running.KillAndWait();
        OwnedProcess.Forget(running);
        server = null;
    }

    /// <summary>kill -9 of the server and of every process it has.</summary>
    public async Task Kill()
    {
        if (server is not { } running)
            return;
        var children = running.Children();
        running.Kill();
        foreach (var child in children)
            child.Kill();
        foreach (var process in children.Append(running))
            await process.HasEndedWithin(Patience);
        OwnedProcess.Forget(running);
        server = null;
    }

    public async Task Restart()
    {
        await Stop();
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
        await RemoveData();
    }

    internal OsProcess? Process => server;

    /// <summary>Lets the server go on after this program has ended.</summary>
    internal void LetGo()
    {
        if (server is { } running)
            OwnedProcess.Forget(running);
    }

    private async Task RemoveData()
    {
        await ClearAfterCrash(CancellationToken.None);
        ServerDirectory.Remove(DataDirectory);
    }

    private async Task Initialize()
    {
        // What is there without the mark is an initialization that did not come to its end.
        foreach (var entry in new DirectoryInfo(DataDirectory).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }

        await Shell.Require(
            AsServerUser("initdb", "-D", DataDirectory, "-U", User, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            CancellationToken.None);
        await File.WriteAllTextAsync(InitializedMark, "");
    }

    private bool TakeOverRunning(PortWish port)
    {
        if (!File.Exists(PidFile))
            return false;

        var lines = File.ReadAllLines(PidFile);
        var running = OsProcess.Of(int.Parse(lines[0], CultureInfo.InvariantCulture));
        if (running is null || !running.Value.CommandLine.Contains(DataDirectory, StringComparison.Ordinal))
        {
            return false;
        }

        Port = int.Parse(lines[3], CultureInfo.InvariantCulture);
        if (!port.Allows(Port))
            throw new LocalException($"PostgreSQL already runs on {DataDirectory} with port {Port}, not {port.Port}; stop process {running.Value.Pid} first");
        Own(running.Value);
        return true;
    }

    private async Task StartOnFreePort(PortWish port, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = port.Choose();
            try
            {
                await Launch(cancellationToken);
                return;
            }
            catch (LocalException) when (!port.IsRequired && attempt < 3 && !FreePort.IsFree(Port))
            {
                // Somebody else took the port between our look and the start.
            }
        }
    }

    private async Task Launch(CancellationToken cancellationToken)
    {
        await ClearAfterCrash(cancellationToken);
        var start = await Shell.Run(
            AsServerUser("pg_ctl", "-D", DataDirectory, "-l", LogFile, "-o", Settings(), "-w", "-t", "60", "start"),
            CancellationToken.None);
        if (!start.Succeeded)
            throw new LocalException($"PostgreSQL did not start on 127.0.0.1:{Port}: {LogTail.Of(LogFile, 5)}");

        var pid = int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);
        Own(OsProcess.Of(pid) ?? throw new LocalException($"PostgreSQL ended right after its start: {LogTail.Of(LogFile, 5)}"));
    }

    private string Settings()
    {
        List<string> settings =
        [
            $"port={Port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=256MB",
            "max_wal_size=4GB", "max_connections=300", "logging_collector=off",
        ];
        if (File.Exists(Path.Combine(InstalledServers.Postgres(".."), "lib", "pg_stat_statements.so")))
            settings.Add("shared_preload_libraries=pg_stat_statements");
        return string.Join(' ', settings.Select(setting => $"-c {setting}"));
    }

    private async Task CreateDatabase(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres") + ";Pooling=false");
        await using var exists = source.CreateCommand($"SELECT count(*) FROM pg_database WHERE datname = '{User}'");
        if (await exists.ExecuteScalarAsync(cancellationToken) is > 0L)
            return;
        await using var create = source.CreateCommand($"CREATE DATABASE {User}");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    // PostgreSQL gives up when the pid in its file exists, be it a zombie nobody has collected or another process by
    // now. What its file guards against, a backend that lives on, is looked for here: they all work in the data folder.
    private async Task ClearAfterCrash(CancellationToken cancellationToken)
    {
        if (!File.Exists(PidFile))
            return;

        foreach (var process in OsProcess.WorkingIn(DataDirectory))
        {
            if (!await process.HasEndedWithin(TimeSpan.FromSeconds(10), cancellationToken))
                throw new LocalException($"Process {process.Pid} still works on {DataDirectory}; end it first");
        }

        var lines = await File.ReadAllLinesAsync(PidFile, cancellationToken);
        if (lines.Length > 6 && lines[6].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var segment])
            await Shell.Run(["ipcrm", "-m", segment], cancellationToken);
        File.Delete(PidFile);
    }

    private void Own(OsProcess process)
    {
        server = process;
        OwnedProcess.Remember(process, isTemporary ? DataDirectory : null);
    }

    private static string[] AsServerUser(string program, params string[] arguments)
    {
        string[] command = [InstalledServers.Postgres(program), .. arguments];
        return Shell.IsRoot ? ["runuser", "-u", "postgres", "--", .. command] : command;
    }
}
