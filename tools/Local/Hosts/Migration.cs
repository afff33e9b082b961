namespace Notifications.Local;

/// <summary>Brings the tables up to date, once, before any host looks at them.</summary>
internal static class Migration
{
    public static async Task Run(HostPlan api, string root, CancellationToken cancellationToken)
    {
        var program = HostBinaries.Copy(api.Project, Path.Combine(root, "bin"));
        var result = await Shell.Run(["dotnet", program, "migrate"], cancellationToken, api.Settings);
        if (!result.Succeeded)
            throw new LocalException($"The database was not migrated (exit code {result.ExitCode}):{Environment.NewLine}{result.Output}");
    }
}
