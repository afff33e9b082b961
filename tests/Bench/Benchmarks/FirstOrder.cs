using Notifications.Tests.Bench.Report;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>The very first order of a system that has just said that it is ready.</summary>
internal sealed class FirstOrder : IBenchmark
{
    public string Name => "first";

    public async Task Run(BenchRun run, CancellationToken cancellationToken)
    {
        var first = await SingleOrder.Travel(run, cancellationToken);
        run.Add(new Measurement("latency", "first order after ready, POST to its answer", first.Answered.TotalMilliseconds, "ms"));
        run.Add(new Measurement("latency", "first order after ready, POST to hand-off", first.HandOff.TotalMilliseconds, "ms") { Target = Target.Max(250) });
        run.Add(new Measurement("latency", "first order after ready, POST to completed", first.Completed.TotalMilliseconds, "ms"));
    }
}
