using Notifications.Tests.Bench.Load;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>A creator that orders one message at a time, and what that takes while others do what they do.</summary>
internal sealed class OtherCreator : IDisposable
{
    private const int Unloaded = 100;

    private readonly BenchRun _run;
    private readonly HttpLoad _load;

    private OtherCreator(BenchRun run)
    {
        _run = run;
        _load = new HttpLoad(run.System.ApiUrl, run.System.SandboxUrl, "skd");
    }

    /// <summary>From the POST to hand-off, in an unloaded system.</summary>
    public Latencies Alone { get; private set; } = null!;

    public static async Task<OtherCreator> Begin(BenchRun run, CancellationToken cancellationToken)
    {
        var other = new OtherCreator(run);
        await other._load.RenewToken(cancellationToken);
        var orders = new List<double>(Unloaded);
        for (var order = 0; order < Unloaded; order++)
            orders.Add(await other.Order(cancellationToken));
        other.Alone = new Latencies(orders);
        return other;
    }

    /// <summary>Orders one message after the other until <paramref name="load"/> is over.</summary>
    public async Task<Latencies> During(Task load, CancellationToken cancellationToken)
    {
        var orders = new List<double>();
        do
            orders.Add(await Order(cancellationToken));
        while (!load.IsCompleted);
        await load;
        return new Latencies(orders);
    }

    /// <summary>Orders one message for a later moment; returns its address.</summary>
    public async Task<string> OrderFor(DateTimeOffset sendTime, CancellationToken cancellationToken)
    {
        var address = $"{Guid.NewGuid():N}@example.com";
        await _load.OrderAndRead(OrderBodies.ToAddress(address, sendTime), cancellationToken);
        return address;
    }

    public void Dispose() => _load.Dispose();

    private async Task<double> Order(CancellationToken cancellationToken) =>
        (await SingleOrder.Travel(_run, cancellationToken, _load)).HandOff.TotalMilliseconds;
}
