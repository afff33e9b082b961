using System.Diagnostics;
using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Meters;

/// <summary>What orders, or reports, cost: transactions, statements and processor time, between a beginning and an end.</summary>
internal sealed class Cost
{
    private readonly DatabaseCounts _counts;
    private readonly IReadOnlyList<(MeteredProcess Process, double Seconds)> _cpu;
    private readonly double _machine = ProcessTimes.MachineBusySeconds();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private Cost(DatabaseCounts counts, IReadOnlyList<(MeteredProcess, double)> cpu)
    {
        _counts = counts;
        _cpu = cpu;
    }

    public static async Task<Cost> Begin(BenchRun run, CancellationToken cancellationToken) =>
        new(await run.Meter.Read(cancellationToken), [.. run.Processes.Select(p => (p, p.CpuSeconds()))]);

    /// <param name="run">Where it is added.</param>
    /// <param name="benchmark">Whose it is.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="count">How often.</param>
    /// <param name="unit">What one of them is.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task Add(BenchRun run, string benchmark, string kind, int count, string unit, CancellationToken cancellationToken)
    {
        var cpu = _cpu.Select(p => (p.Process.Name, Milliseconds: (p.Process.CpuSeconds() - p.Seconds) * 1000 / count)).ToArray();
        run.Add(new Measurement(benchmark, $"{kind}, when all cores do nothing else", Environment.ProcessorCount * 1000 / cpu.Sum(c => c.Milliseconds), $"{unit}s/s")
        {
            Conditions = "reckoned from the CPU of all; no measurement",
        });
        var others = ProcessTimes.MachineBusySeconds() - _machine - cpu.Sum(c => c.Milliseconds) * count / 1000;
        var capacity = _watch.Elapsed.TotalSeconds * Environment.ProcessorCount;
        // A session tells the statistics of its last transactions up to a second later.
        await Task.Delay(TimeSpan.FromSeconds(1.5), cancellationToken);
        var counts = await run.Meter.Read(cancellationToken);
        foreach (var (name, milliseconds) in cpu)
            run.Add(new Measurement(benchmark, $"{kind}, CPU of {name}", milliseconds, $"ms/{unit}"));
        run.Add(new Measurement(benchmark, $"{kind}, CPU of all", cpu.Sum(c => c.Milliseconds), $"ms/{unit}"));
        run.Add(new Measurement(benchmark, $"{kind}, CPU taken by other programs", others / capacity * 100, "% of machine")
        {
            Conditions = "what is above a few percent is missing from the throughput",
        });
        run.Add(new Measurement(benchmark, $"{kind}, transactions", (double)(counts.Commits - _counts.Commits) / count, $"per {unit}"));
        run.Add(new Measurement(benchmark, $"{kind}, writing transactions", (double)(counts.WritingTransactions - _counts.WritingTransactions) / count, $"per {unit}"));
        run.Add(new Measurement(benchmark, $"{kind}, SQL statements", (double)(counts.Statements - _counts.Statements) / count, $"per {unit}"));
        run.Add(await run.Meter.Profile($"{benchmark}: {kind}", count, cancellationToken));
    }
}
