using System.Diagnostics;
using Notifications.Tests.Bench.Load;

namespace Notifications.Tests.Bench.Benchmarks;

/// <summary>Follows one order through a system that does nothing else.</summary>
/// <param name="Answered">From the POST to its answer.</param>
/// <param name="HandOff">From the POST to the moment the provider took the message, by its own record.</param>
/// <param name="Completed">From the POST to the final state, seen to about two milliseconds.</param>
internal sealed record SingleOrder(TimeSpan Answered, TimeSpan HandOff, TimeSpan Completed)
{
    /// <param name="by">Who orders; by default the one who orders everything else.</param>
    public static async Task<SingleOrder> Travel(BenchRun run, CancellationToken cancellationToken, HttpLoad? by = null)
    {
        var address = $"{Guid.NewGuid():N}@example.com";
        var body = OrderBodies.ToAddress(address);
        var (sent, watch) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        var shipmentId = await (by ?? run.Load).OrderAndRead(body, cancellationToken);
        var answered = watch.Elapsed;
        while (!await run.Completions.IsCompleted(shipmentId, cancellationToken))
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException($"Shipment {shipmentId} was not completed within a minute; see {run.System.Workers[0].LogFile}");
            await Task.Delay(1, cancellationToken);
        }

        var completed = watch.Elapsed;
        var handedOff = await run.Load.AcceptedAt(address, cancellationToken) - sent - run.ClockOffset;
        return new SingleOrder(answered, handedOff, completed);
    }
}
