using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Notifications.Local;

/// <summary>A process as the kernel knows it; the start time tells a reused pid apart.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct OsProcess(int Pid, long StartTicks)
{
    private const int InterruptNow = 2;
    private const int Terminate = 15;
    private const int KillNow = 9;

    public static OsProcess Current => Of(Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not mounted");

    [JsonIgnore]
    public bool IsAlive => Stat(Pid) is { } stat && stat.StartTicks == StartTicks;

    [JsonIgnore]
    public string CommandLine => Read($"/proc/{Pid}/cmdline").Replace('\0', ' ').Trim();

    public static OsProcess? Of(int pid) => Stat(pid) is { } stat ? new OsProcess(pid, stat.StartTicks) : null;

    public static IEnumerable<OsProcess> All() =>
        from path in Directory.EnumerateDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0
        let process = Of(pid)
        where process is not null
        select process.Value;

    public static IReadOnlyList<OsProcess> WorkingIn(string folder) =>
        [.. All().Where(process => string.Equals(WorkingFolder(process.Pid), folder, StringComparison.Ordinal))];

    public IReadOnlyList<OsProcess> Children()
    {
        var parent = Pid;
        return [.. All().Where(process => Stat(process.Pid)?.Parent == parent)];
    }

    public void Interrupt() => Signal(InterruptNow);

    public void AskToStop() => Signal(Terminate);

    public void Kill() => Signal(KillNow);

    public async Task<bool> HasEndedWithin(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        while (IsAlive)
        {
            if (watch.Elapsed > patience)
                return false;
            await Task.Delay(20, cancellationToken);
        }

        return true;
    }

    public async Task KillAndWait()
    {
        Kill();
        await HasEndedWithin(TimeSpan.FromSeconds(10));
    }

    private void Signal(int signal)
    {
        if (IsAlive)
            _ = SendSignal(Pid, signal);
    }

    private static (long StartTicks, int Parent)? Stat(int pid)
    {
        var stat = Read($"/proc/{pid}/stat");
        var afterName = stat.LastIndexOf(')');
        if (afterName < 0)
            return null;

        var fields = stat[(afterName + 2)..].Split(' ');
        // A zombie has ended and only waits for its parent to ask how; but its other threads may still be ending, and hold its sockets.
        return fields[0] == "X" || (fields[0] == "Z" && !HasOtherThreads(pid))
            ? null
            : (long.Parse(fields[19], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    private static bool HasOtherThreads(int pid)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{pid}/task").Skip(1).Any();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? WorkingFolder(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
