namespace Notifications.Tests.Bench.Load;

/// <summary>What came of a load.</summary>
internal sealed record LoadResult(int Accepted, int Failed, TimeSpan Elapsed, Latencies Latencies)
{
    public double PerSecond => Accepted / Elapsed.TotalSeconds;
}
