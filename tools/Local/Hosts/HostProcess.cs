using System.Diagnostics;

namespace Notifications.Local;

/// <summary>One of our hosts as a process of its own.</summary>
public sealed class HostProcess
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(35);

    private readonly HostPlan plan;
    private readonly string root;

    internal HostProcess(HostPlan plan, string root, OsProcess? running)
    {
        this.plan = plan;
        this.root = root;
        Process = running;
    }

    public string Name => plan.Name;

    public Uri Address => plan.Address;

    public string LogFile => Path.Combine(root, "logs", $"{Name}.log");

    public int? Pid => Process is { IsAlive: true } running ? running.Pid : null;

    public bool IsRunning => Pid is not null;

    internal OsProcess? Process { get; private set; }

    /// <summary>Starts it, also after a kill; a process that runs is left alone.</summary>
    public void Start()
    {
        if (IsRunning)
            return;

        PortOwner.RequireFree(Address.Port, Name);
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        string[] command = ["dotnet", HostBinaries.Copy(plan.Project, Path.Combine(root, "bin")), .. plan.Arguments];
        Process = Shell.Spawn(
            plan.GivesWay ? Shell.GivingWay(command) : command,
            plan.Settings,
            LogFile,
            Path.Combine(Repository.Root, "src", plan.Project));
        OwnedProcess.Remember(Process.Value, temporaryData: null);
    }

    public async Task WaitUntilReady(CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        while (!await IsReady(cancellationToken))
        {
            if (!IsRunning)
                throw new LocalException($"The {Name} ended while starting; its log ends with: {LogTail.Of(LogFile, 15)}");
            if (watch.Elapsed > StartPatience)
                throw new LocalException($"The {Name} is not ready after {StartPatience.TotalSeconds} seconds, see {new Uri(Address, plan.HealthPath)}; its log ends with: {LogTail.Of(LogFile, 15)}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (Process is not { } running)
            return;
        await running.KillAndWait();
        OwnedProcess.Forget(running);
    }

    /// <summary>Asks it to finish what it is doing and end.</summary>
    public async Task StopGracefully()
    {
        if (Process is not { } running)
            return;
        running.AskToStop();
        if (await running.HasEndedWithin(StopPatience))
            OwnedProcess.Forget(running);
        else
            await Kill();
    }

    internal void LetGo()
    {
        if (Process is { } running)
            OwnedProcess.Forget(running);
    }

    private async Task<bool> IsReady(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, plan.HealthPath), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
