using System.Globalization;
using System.Runtime.InteropServices;

namespace Notifications.Tests.Bench.Report;

/// <summary>Where the figures come from.</summary>
internal sealed record Machine(int Cores, string Processor, double MemoryGiB, string System, string Runtime, double LoadBefore)
{
    private static readonly double Load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static Machine Describe() => new(
        Environment.ProcessorCount,
        Field("/proc/cpuinfo", "model name") ?? "unknown",
        double.Parse(Field("/proc/meminfo", "MemTotal")!.Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Load);

    private static string? Field(string file, string name) => File.ReadLines(file)
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
