namespace Notifications.Api.Metrics;

public static class MetricsRegistration
{
    public static void AddMetrics(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(new MetricsKey(configuration["Metrics:ApiKey"]));

    /// <summary>As always, metrics are not in the public document.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var metrics = routes.MapGroup("/metrics").AddEndpointFilter(routes.ServiceProvider.GetRequiredService<MetricsKey>()).ExcludeFromDescription();
        metrics.MapPostMetricsFile();
        metrics.MapMetricsPage();
    }
}
