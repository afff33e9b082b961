using Notifications.Consumers.Apps;
using Notifications.Hosting.Neighbours;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Apps;

/// <summary>What Altinn apps tell, and what is ordered when they do.</summary>
public static class AppsRegistration
{
    public static void AddAppEvents(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = AppEventSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<AppEventSignal>();
        services.AddSingleton<RuleRequestValidator>();
        services.AddScoped<AppSubscriptions>();
        if (!settings.AreOn)
            return;

        services.AddSingleton<AppEventWork>();
        services.AddHostedService<AppEventLoop>();
        if (configuration["Platform:Events"] is { Length: > 0 })
        {
            services.AddNeighbour<AltinnEvents>(
                NotificationsSettings.Address(configuration, "Platform:Events", "the address of Altinn Events' API"),
                NotificationsSettings.Duration(configuration, "Platform:Timeout", TimeSpan.FromSeconds(3)));
        }
    }

    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapPutRule();
        routes.MapGetRules();
        routes.MapDeleteRule();
    }
}
