namespace Notifications.Local;

/// <summary>The distribution's packages of the servers. Its own service instances are never used, nor started by installing.</summary>
internal static class ServerPackages
{
    private const string StartPolicy = "/usr/sbin/policy-rc.d";

    public static IReadOnlyList<string> Missing(bool broker)
    {
        List<string> missing = [];
        if (!InstalledServers.HasPostgres)
            missing.Add("postgresql");
        if (broker && !InstalledServers.HasRabbitMq)
            missing.Add("rabbitmq-server");
        return missing;
    }

    public static async Task Install(IReadOnlyList<string> packages, string logFolder, CancellationToken cancellationToken)
    {
        var wanted = string.Join(' ', packages);
        if (!File.Exists("/usr/bin/apt-get"))
            throw new LocalException($"Not installed: {wanted}. There is no apt-get here; install them yourself (PostgreSQL 15 or later, RabbitMQ 3.10 or later), or start a Docker engine");
        if (!Shell.IsRoot && !File.Exists("/usr/bin/sudo"))
            throw new LocalException($"Not installed: {wanted}. Installing needs root or sudo; as root: apt-get install -y --no-install-recommends {wanted}");

        Console.WriteLine($"Installing {wanted} with apt-get");
        Directory.CreateDirectory(logFolder);
        var log = Path.Combine(logFolder, "install.log");
        var blocksStart = !File.Exists(StartPolicy);
        if (blocksStart)
            await Shell.RunInto(log, AsRoot("sh", "-c", $"printf '#!/bin/sh\\nexit 101\\n' >{StartPolicy} && chmod +x {StartPolicy}"), cancellationToken);
        try
        {
            // A list that is partly out of date often still has what we need, so the install decides.
            await Shell.RunInto(log, AsRoot("apt-get", "update"), cancellationToken);
            string[] install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", .. packages];
            if (!await Shell.RunInto(log, AsRoot(install), cancellationToken))
                throw new LocalException($"apt-get could not install {wanted}; it said: {LogTail.Of(log, 15)}");
        }
        finally
        {
            if (blocksStart)
                await Shell.RunInto(log, AsRoot("rm", "-f", StartPolicy), CancellationToken.None);
        }

        if (Missing(broker: packages.Contains("rabbitmq-server", StringComparer.Ordinal)) is [_, ..] still)
            throw new LocalException($"apt-get installed {wanted}, but {string.Join(' ', still)} is not where Debian and Ubuntu put it (/usr/lib/postgresql, /usr/lib/rabbitmq)");
    }

    private static string[] AsRoot(params string[] command) => Shell.IsRoot ? command : ["sudo", .. command];
}
