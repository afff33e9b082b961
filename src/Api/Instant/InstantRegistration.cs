using Notifications.Consumers.HandOff;

namespace Notifications.Api.Instant;

/// <summary>Messages that are sent while their client waits.</summary>
public static class InstantRegistration
{
    public static void AddInstant(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviders(configuration);
        services.AddSingleton<InstantSmsRequestValidator>();
        services.AddSingleton<InstantOrderRequestValidator>();
        services.AddSingleton<InstantEmailRequestValidator>();
        services.AddTransient<InstantIntake>();
    }

    public static void MapInstant(this IEndpointRouteBuilder routes)
    {
        routes.MapPostInstantSms();
        routes.MapPostInstantEmail();
        routes.MapPostInstant();
    }
}
