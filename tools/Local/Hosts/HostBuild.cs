namespace Notifications.Local;

/// <summary>Builds the hosts; what is up to date is not built again.</summary>
internal static class HostBuild
{
    public static async Task Run(string logFolder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(logFolder);
        var log = Path.Combine(logFolder, "build.log");
        File.Delete(log);
        var filter = Path.Combine(Repository.Root, "tools", "Local", "run.slnf");
        string[] build = ["dotnet", "build", filter, "-c", Repository.Configuration, "-v", "q", "-nologo"];
        // Half of a first build is analysis, which ./test catches up on; from then on what is changed is analysed here too.
        if (await Shell.RunInto(log, HostBinaries.AreAnalysed ? build : [.. build, "-p:RunAnalyzers=false"], cancellationToken))
            return;

        var errors = File.ReadLines(log).Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(20);
        throw new LocalException($"The build failed:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}{Environment.NewLine}(log: {log})");
    }
}
