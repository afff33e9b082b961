using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications.Store;

namespace Notifications.Hosting.Neighbours;

/// <summary>Which neighbours this host does not ask at present, and why. It goes on: what needs them waits.</summary>
internal sealed class NeighbourHealth(NeighbourBreakers breakers, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var open = breakers.Current;
        return Task.FromResult(open.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", open.Select(Text))));
    }

    private string Text(NeighbourBreak open) => string.Create(CultureInfo.InvariantCulture,
        $"{open.Neighbour}: {open.Answer} since {open.Since.UtcDateTime:O}, {(open.IsOver(clock.GetUtcNow()) ? "half-open: the next question goes ahead" : $"asked again at {open.Until.UtcDateTime:O}")}");
}
