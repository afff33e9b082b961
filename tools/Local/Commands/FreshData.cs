namespace Notifications.Local;

/// <summary><c>./run --fresh</c>: nothing of an earlier run is left, neither running nor stored.</summary>
internal static class FreshData
{
    public static async Task Make()
    {
        var state = LocalState.Read();
        if (state is { IsRunning: true })
            await StopCommand.Stop(state);
        if (state is { Compose: true })
            await ComposeServers.Remove();
        OwnedProcess.EndOrphans();
        LocalState.Forget();

        foreach (var folder in ServerDirectory.Candidates(In("postgres")).Append(In("rabbitmq")).Append(In("sandbox")).Append(In("logs")))
        {
            foreach (var stray in OsProcess.WorkingIn(folder))
                await stray.KillAndWait();
            ServerDirectory.Remove(folder);
        }
    }

    private static string In(string name) => Path.Combine(Repository.LocalFolder, name);
}
