using Notifications.Local;

namespace Notifications.Tests.EndToEnd.Systems;

/// <summary>What a host has said since a moment.</summary>
internal sealed class HostLog
{
    private readonly string _file;
    private readonly int _before;

    private HostLog(string file, int before) => (_file, _before) = (file, before);

    public static HostLog FromNow(HostProcess host) => new(host.LogFile, Lines(host.LogFile).Length);

    public int Starts => LinesWith("Application started.").Count;

    public IReadOnlyList<string> LinesWith(string text) =>
        [.. Lines(_file).Skip(_before).Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n');
    }
}
