using Notifications.Api.Access;

namespace Notifications.Api.Metrics;

public static class MetricsRegistration
{
    /// <summary>As always, metrics are not in the public document.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var key = routes.ServiceProvider.GetRequiredService<IConfiguration>()["Metrics:ApiKey"];
        var metrics = routes.MapGroup("/metrics").AddEndpointFilter(new ApiKey("Metrics", key)).ExcludeFromDescription();
        metrics.MapPostMetricsFile();
        metrics.MapMetricsPage();
    }
}
