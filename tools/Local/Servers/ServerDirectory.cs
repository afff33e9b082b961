using System.Security.Cryptography;
using System.Text;

namespace Notifications.Local;

/// <summary>The folder a server keeps its data in, which its operating-system user must be able to reach.</summary>
internal static class ServerDirectory
{
    private const string ElsewherePrefix = "/var/tmp/notifications-at-";

    public static bool IsTemporary(string requested) =>
        new[] { Path.GetTempPath(), "/tmp/", "/var/tmp/" }.Any(folder => Path.GetFullPath(requested).StartsWith(folder, StringComparison.Ordinal));

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
        {
            await RequireRoots(Path.GetDirectoryName(elsewhere)!, cancellationToken);
            return elsewhere;
        }

        if (await HandToPostgres(wanted, cancellationToken))
            return wanted;

        if (Directory.EnumerateFileSystemEntries(wanted).Any())
            throw new LocalException($"The user postgres can no longer reach {wanted}, which holds data; let it enter the folders above, or start with --fresh");
        Directory.Delete(wanted);
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere)!);
        await RequireRoots(Path.GetDirectoryName(elsewhere)!, cancellationToken);
        return await HandToPostgres(elsewhere, cancellationToken)
            ? elsewhere
            : throw new LocalException($"The user postgres can reach neither {wanted} nor {elsewhere}; give it a folder that it can enter");
    }

    /// <summary>Every folder that PostgreSQL's data can be in when this one is asked for.</summary>
    public static IEnumerable<string> Candidates(string requested) => [Path.GetFullPath(requested), Elsewhere(Path.GetFullPath(requested))];

    /// <summary>Deletes a data folder, and the folder above when that was only made for it.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        if (Path.GetDirectoryName(folder) is { } above && IsMadeForIt(above) && !Directory.EnumerateFileSystemEntries(above).Any())
            Directory.Delete(above);
    }

    // Anyone may make a folder there, and what root hands over must not lead to somewhere else.
    private static async Task RequireRoots(string folder, CancellationToken cancellationToken)
    {
        var owner = await Shell.Require(["stat", "--format=%U", folder], cancellationToken);
        if (!string.Equals(owner, "root", StringComparison.Ordinal))
            throw new LocalException($"{folder} belongs to {owner}, not to root; remove it and start again");
    }

    private static bool IsMadeForIt(string above) =>
        above.StartsWith(ElsewherePrefix, StringComparison.Ordinal) && Directory.Exists(above);

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
        return Path.Combine(ElsewherePrefix + hash, Path.GetFileName(wanted));
    }
}
