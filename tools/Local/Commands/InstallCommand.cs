namespace Notifications.Local;

/// <summary>Installs the servers that are missing, for what needs them as processes of its own.</summary>
internal static class InstallCommand
{
    public static async Task<int> Execute(CancellationToken cancellationToken)
    {
        if (ServerPackages.Missing(broker: true) is [_, ..] missing)
            await ServerPackages.Install(missing, Path.Combine(Repository.LocalFolder, "logs"), cancellationToken);
        return 0;
    }
}
