using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>What each process takes while there is nothing to do.</summary>
internal sealed class Idle : IBenchmark
{
    /// <summary>What came before is compiled and cleared away in the background, which nothing tells the end of.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>The stretch of doing nothing that is measured.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(20);

    public string Name => "idle";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        await Task.Delay(Rest, cancellationToken);
        var before = run.Processes.Select(process => (Process: process, Seconds: process.CpuSeconds())).ToArray();
        await Task.Delay(Watch, cancellationToken);
        foreach (var (process, seconds) in before.Where(p => p.Process.Pid != Environment.ProcessId))
        {
            var isOurs = !process.WithChildren;
            run.Add(new Measurement(Name, $"CPU of {process.Name}", (process.CpuSeconds() - seconds) / Watch.TotalSeconds * 100, "% of a core")
            {
                Target = isOurs ? Target.Below(1) : null,
            });
            run.Add(new Measurement(Name, $"memory of {process.Name}", Meters.ProcessTimes.ResidentMegabytes(process.Pid), "MB resident")
            {
                Target = isOurs ? Target.Below(250) : null,
                Conditions = isOurs ? null : "the main process alone",
            });
        }
    }
}
