namespace Notifications.Tests.Bench.Benchmarks;

internal interface IBenchmark
{
    /// <summary>By which it is chosen on the command line.</summary>
    string Name { get; }

    Task Run(BenchRun run, CancellationToken cancellationToken);
}
