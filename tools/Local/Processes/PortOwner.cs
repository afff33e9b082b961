using System.Globalization;

namespace Notifications.Local;

/// <summary>Who listens on a port, as far as the kernel lets us see.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    public static void RequireFree(int port, string wantedBy)
    {
        // A process that was killed a moment ago may not have let go of its port yet.
        if (SpinWait.SpinUntil(() => FreePort.IsFree(port), TimeSpan.FromSeconds(2)))
            return;

        var owner = Of(port) is { } process ? $"process {process.Pid} ({process.CommandLine})" : "another program";
        throw new LocalException($"Port {port}, which the {wantedBy} needs, is taken by {owner}; end it and start again");
    }

    private static OsProcess? Of(int port)
    {
        var sockets = Tables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9
                && string.Equals(fields[3], Listening, StringComparison.Ordinal)
                && fields[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet(StringComparer.Ordinal);
        return OsProcess.All().Cast<OsProcess?>().FirstOrDefault(process => Holds(process!.Value.Pid, sockets));
    }

    private static bool Holds(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
