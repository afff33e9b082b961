using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Notifications.Api.Limits;

public static class LimitRegistration
{
    public static void AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = LimitSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<RequestRate>();
        services.AddSingleton<Admission>();
        services.AddSingleton<DailyQuota>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = settings.RequestBytes);
    }

    /// <summary>Holds the callers of these endpoints to their rate. Without a limit there is nothing in the way.</summary>
    public static TRoutes WithRequestRate<TRoutes>(this TRoutes routes, IServiceProvider services)
        where TRoutes : IEndpointConventionBuilder
    {
        var settings = services.GetRequiredService<LimitSettings>();
        if (settings.Everyone.RequestsPerSecond is not null || settings.Creators.Values.Any(c => c.RequestsPerSecond is not null))
            routes.AddEndpointFilter(services.GetRequiredService<RequestRate>());
        return routes;
    }
}
