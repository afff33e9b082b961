namespace Notifications.Local;

/// <summary><c>./run --stop</c>: ends everything in the reverse order of its start.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    public static async Task<int> Execute(CancellationToken cancellationToken)
    {
        using var single = await SingleCommand.Enter(cancellationToken);
        if (LocalState.Read() is { IsRunning: true } state)
            await Stop(state);
        else
            Console.WriteLine("Nothing runs");
        OwnedProcess.EndOrphans();
        LocalState.Forget();
        return 0;
    }

    public static async Task Stop(LocalState state)
    {
        foreach (var process in state.Processes.Reverse().Where(process => process.Pid is not null))
        {
            if (state.Compose && process.IsServer)
                continue;
            await Stop(process);
            if (process.IsVisible)
                Console.WriteLine($"Stopped {process.Name}");
        }

        if (state.Compose)
            await ComposeServers.Stop();
        LocalState.Forget();
    }

    public static async Task Stop(SystemProcess process)
    {
        process.AskToStop();
        if (!await process.Process.HasEndedWithin(Patience))
            await process.Process.KillAndWait();
    }
}
