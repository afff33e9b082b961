using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>Which providers are not called at present, and why. The host goes on: messages wait.</summary>
internal sealed class ProviderHealth(ProviderPauses pauses, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var current = await pauses.Current(cancellationToken);
        return current.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", current.Select(Text)));
    }

    private string Text(ProviderPause pause) => string.Create(CultureInfo.InvariantCulture,
        $"{pause.Provider}{Whom(pause.Sender)}: {pause.Cause} ({pause.Answer}) since {pause.Since.UtcDateTime:O}, tried {pause.Tries} times, {(pause.IsOver(clock.GetUtcNow()) ? "half-open: the next message goes ahead" : $"again at {pause.Until.UtcDateTime:O}")}");

    private static string Whom(string sender) => sender switch
    {
        ProviderPause.Everybody => "",
        ProviderPause.DefaultSender => " for the default sender",
        _ => " for a sender",
    };
}
