using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notifications.Local;

/// <summary>
/// Hosts run from a copy of their build output: a build beside a running system would otherwise overwrite the files
/// that its processes have mapped.
/// </summary>
internal static class HostBinaries
{
    /// <summary>Whether the last build ran the analyzers; where it did not, MSBuild leaves a file that is newer than its output.</summary>
    public static bool AreAnalysed
    {
        get
        {
            var program = new FileInfo(Path.Combine(Output("Api"), Program("Api")));
            var skipped = new FileInfo(Path.Combine(Repository.Root, "src", "Api", "obj", Repository.Configuration, "net10.0", "Api.csproj.BuildWithSkipAnalyzers"));
            return program.Exists && (!skipped.Exists || skipped.LastWriteTimeUtc < program.LastWriteTimeUtc);
        }
    }

    public static string Copy(string project, string folder)
    {
        var output = Output(project);
        if (!File.Exists(Path.Combine(output, Program(project))))
            throw new LocalException($"src/{project} has not been built as {Repository.Configuration}; build the solution first: dotnet build -c {Repository.Configuration}");

        var files = new DirectoryInfo(output).GetFiles("*", SearchOption.AllDirectories);
        var copy = Path.Combine(folder, $"{project}-{Stamp(files)}");
        RemoveUnused(project, folder, except: copy);
        if (!Directory.Exists(copy))
            CopyAll(files, output, copy);
        return Path.Combine(copy, Program(project));
    }

    private static string Output(string project) => Path.Combine(Repository.Root, "src", project, "bin", Repository.Configuration, "net10.0");

    private static string Program(string project) => $"Notifications.{project}.dll";

    private static void CopyAll(FileInfo[] files, string from, string to)
    {
        var unfinished = $"{to}.{Environment.ProcessId}";
        foreach (var file in files)
        {
            var target = Path.Combine(unfinished, Path.GetRelativePath(from, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target, overwrite: true);
        }

        Directory.Move(unfinished, to);
    }

    private static void RemoveUnused(string project, string folder, string except)
    {
        if (!Directory.Exists(folder))
            return;

        var running = string.Join('\n', OsProcess.All().Select(process => process.CommandLine));
        foreach (var old in Directory.EnumerateDirectories(folder, $"{project}-*"))
        {
            if (!string.Equals(old, except, StringComparison.Ordinal) && !running.Contains(old, StringComparison.Ordinal))
                Directory.Delete(old, recursive: true);
        }
    }

    private static string Stamp(FileInfo[] files)
    {
        var lines = files.OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..12];
    }
}
