using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications.Hosting.Settings;

namespace Notifications.Hosting.Health;

/// <summary>The bus, in place of MassTransit's own check: a host either cannot work without it or goes on degraded.</summary>
internal sealed class BusHealth(IBusControl bus, BrokerConnections connections, NotificationsSettings settings) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = bus.CheckHealth();
        var connected = health.Status == BusHealthStatus.Healthy
            && !health.Endpoints.Values.Any(e => connections.LeftBehind(e.InputAddress))
            && (settings.Broker is not { } broker || await BrokerProbe.Answers(broker, cancellationToken));
        return connected
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, $"is not connected at {settings.Broker?.Host}:{settings.Broker?.Port} (ConnectionStrings:Broker)");
    }
}
