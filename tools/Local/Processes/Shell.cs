using System.Diagnostics;

namespace Notifications.Local;

internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

internal static class Shell
{
    private const string LogVariable = "NOTIFICATIONS_LOG";
    private const string IntoLog = "\"$@\" >>\"$" + LogVariable + "\" 2>&1 </dev/null";

    public static bool IsRoot { get; } = string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    /// <summary>Runs a command to its end; output and errors come back together.</summary>
    public static async Task<CommandResult> Run(
        IReadOnlyList<string> command,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = new Process { StartInfo = Describe(command, environment) };
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        process.StartInfo.RedirectStandardInput = true;
        process.Start();
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static async Task<string> Require(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = await Run(command, cancellationToken);
        return result.Succeeded
            ? result.Output
            : throw new LocalException($"'{string.Join(' ', command)}' failed with exit code {result.ExitCode}: {result.Output}");
    }

    /// <summary>
    /// Runs a command to its end with its output in a file. Unlike a pipe, a file does not keep us waiting for the
    /// servers that a build leaves behind for the next build.
    /// </summary>
    public static async Task<bool> RunInto(string logFile, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(["/bin/sh", "-c", $"exec {IntoLog}", "sh", .. command], new Dictionary<string, string>(StringComparer.Ordinal) { [LogVariable] = logFile }) };
        process.Start();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>
    /// The command with less of a busy machine than others have. Linux shares it out among sessions first; where it does not, the process's own
    /// niceness counts.
    /// </summary>
    public static IReadOnlyList<string> GivingWay(IReadOnlyList<string> command) =>
        ["/bin/sh", "-c", "{ echo 5 >/proc/self/autogroup; } 2>/dev/null; exec nice -n 5 \"$@\"", "sh", .. command];

    /// <summary>Starts a process in a session of its own, so that Ctrl-C in our terminal reaches us first and not it.</summary>
    public static OsProcess Spawn(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string logFile,
        string? workingFolder = null)
    {
        var everything = new Dictionary<string, string>(environment, StringComparer.Ordinal) { [LogVariable] = logFile };
        var start = Describe(["/bin/sh", "-c", $"exec setsid {IntoLog}", "sh", .. command], everything);
        start.WorkingDirectory = workingFolder ?? Path.GetDirectoryName(logFile)!;
        using var process = new Process { StartInfo = start };
        process.Start();
        return OsProcess.Of(process.Id)
            ?? throw new LocalException($"{command[0]} ended at once: {LogTail.Of(logFile, 10)}");
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return start;
    }
}
