namespace Notifications.Local;

/// <summary>Stays while the system runs, and says when a part of it ends.</summary>
internal static class Watch
{
    public static async Task UntilTold(CancellationToken cancellationToken)
    {
        var known = new HashSet<OsProcess>();
        while (!cancellationToken.IsCancellationRequested && LocalState.Read() is { IsRunning: true } state)
        {
            foreach (var ended in state.Processes.Where(process => process is { IsVisible: true, Pid: null } && known.Add(process.Process)))
                Console.WriteLine($"The {ended.Name} has ended (it was process {ended.Process.Pid}). Start it again with ./run --detach; its log: {ended.Log}");
            await Task.Delay(500, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
