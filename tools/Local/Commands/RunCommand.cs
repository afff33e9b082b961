using System.Diagnostics;
using System.Globalization;

namespace Notifications.Local;

/// <summary><c>./run</c>: starts what is not running, shows that it works, and stays until it is told to stop.</summary>
internal sealed class RunCommand(RunFlags flags)
{
    private const int UsualDatabasePort = 5432;
    private const int UsualBrokerPort = 5672;

    private readonly Stopwatch watch = Stopwatch.StartNew();

    public async Task<int> Execute(CancellationToken cancellationToken)
    {
        using (await SingleCommand.Enter(cancellationToken))
            await Start(cancellationToken);

        if (flags.Detach)
            return 0;

        Console.WriteLine("Ctrl-C stops everything");
        await Watch.UntilTold(cancellationToken);
        using (await SingleCommand.Enter(CancellationToken.None))
            await StopRunning();
        return 0;
    }

    private static async Task StopRunning()
    {
        if (LocalState.Read() is { } state)
            await StopCommand.Stop(state);
    }

    private async Task Start(CancellationToken cancellationToken)
    {
        // Before anything is counted as running: what a killed ./run has left is not.
        OwnedProcess.EndOrphans();
        if (flags.Fresh)
            await FreshData.Make();

        var before = LocalState.Read() is { IsRunning: true } running ? running : null;
        if (before is null)
            SetLogsAside();
        await StopSurplusWorkers(before);
        var system = await LocalSystem.Start(await Options(before, cancellationToken), cancellationToken);
        var state = system.Describe();
        state.Write();
        try
        {
            if (before is null && !flags.NoDemo)
                await new DemoOrder(system.ApiUrl, system.SandboxUrl, Say).Send(cancellationToken);
        }
        catch when (!flags.Detach)
        {
            await StopRunning();
            throw;
        }
        finally
        {
            if (flags.Detach)
                system.LetGo();
        }

        Console.WriteLine(Summary.Of(system, state));
    }

    private static void SetLogsAside()
    {
        var folder = Path.Combine(Repository.LocalFolder, "logs");
        foreach (var log in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.log") : [])
            File.Move(log, log + ".previous", overwrite: true);
    }

    private async Task<LocalSystemOptions> Options(LocalState? before, CancellationToken cancellationToken)
    {
        if (before is not null && flags.Embedded != before.Embedded && (flags.Embedded || flags.Workers is not null))
            throw new LocalException($"A system {(before.Embedded ? "without" : "with")} RabbitMQ runs; stop it first: ./run --stop");

        var embedded = before?.Embedded ?? flags.Embedded;
        var workers = embedded ? 0 : flags.Workers ?? before?.Workers ?? 1;
        var missing = ServerPackages.Missing(broker: !embedded);
        var compose = before?.Compose ?? (missing.Count > 0 && await ComposeServers.IsPossible(cancellationToken));
        var ports = SystemPorts.Usual(workers);
        var isAnyHostMissing = IsAnyMissing(before, workers);
        return new LocalSystemOptions
        {
            Root = Repository.LocalFolder,
            Workers = workers,
            Embedded = embedded,
            Ports = ports,
            DatabasePort = PortFor(before, SystemProcess.Postgres, UsualDatabasePort),
            BrokerPort = PortFor(before, SystemProcess.RabbitMq, UsualBrokerPort),
            UseCompose = compose,
            Prepare = token => compose || missing.Count == 0 ? Task.CompletedTask : ServerPackages.Install(missing, Path.Combine(Repository.LocalFolder, "logs"), token),
            Build = isAnyHostMissing,
            Migrate = isAnyHostMissing,
            Keep = true,
            Before = before,
            Say = Say,
        };
    }

    private static bool IsAnyMissing(LocalState? before, int workers) =>
        before is null
        || Enumerable.Range(1, workers).Select(HostPlans.WorkerName).Append("api").Append("sandbox").Any(name => before.Running(name) is null);

    // A server that has died comes back where the others look for it.
    private static PortWish PortFor(LocalState? before, string server, int usual) =>
        before?.PortOf(server) is { } known ? PortWish.Required(known) : PortWish.Preferred(usual);

    private async Task StopSurplusWorkers(LocalState? before)
    {
        if (before is null || flags.Workers is not { } wanted)
            return;

        var surplus = Enumerable.Range(1, before.Workers).Skip(wanted).Select(HostPlans.WorkerName).ToHashSet(StringComparer.Ordinal);
        foreach (var process in before.Processes.Where(process => surplus.Contains(process.Name) && process.Pid is not null))
        {
            await StopCommand.Stop(process);
            Say($"Stopped {process.Name}");
        }
    }

    private void Say(string what) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,5:0.0} s  {what}"));
}
