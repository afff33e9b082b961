using System.Security.Cryptography;
using System.Text;

namespace Notifications.Local;

/// <summary>The folder a server keeps its data in, which its operating-system user must be able to reach.</summary>
internal static class ServerDirectory
{
    public static bool IsTemporary(string requested) =>
        Path.GetFullPath(requested).StartsWith(Path.GetTempPath(), StringComparison.Ordinal);

    /// <summary>PostgreSQL refuses to run as root, so root hands its folder to the user postgres, here or where that user can go.</summary>
    public static async Task<string> ForPostgres(string requested, CancellationToken cancellationToken)
    {
        var wanted = Path.GetFullPath(requested);
        if (!Shell.IsRoot)
        {
            Directory.CreateDirectory(wanted);
            return wanted;
        }

        var elsewhere = Elsewhere(wanted);
        if (Directory.Exists(elsewhere))
            return elsewhere;
        if (await HandToPostgres(wanted, cancellationToken))
            return wanted;

        Directory.Delete(wanted);
        return await HandToPostgres(elsewhere, cancellationToken)
            ? elsewhere
            : throw new LocalException($"The user postgres can reach neither {wanted} nor {elsewhere}; give it a folder that it can enter");
    }

    private static async Task<bool> HandToPostgres(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await Shell.Require(["chown", "postgres:", folder], cancellationToken);
        var reach = await Shell.Run(["runuser", "-u", "postgres", "--", "test", "-w", folder], cancellationToken);
        return reach.Succeeded;
    }

    private static string Elsewhere(string wanted)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12];
        return Path.Combine("/var/tmp", $"notifications-{hash}", Path.GetFileName(wanted));
    }
}
