using Microsoft.Extensions.DependencyInjection.Extensions;
using Notifications.Consumers.Conditions;

namespace Notifications.Api.V1;

/// <summary>The first version of the API.</summary>
public static class V1Registration
{
    public static void AddV1(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration.GetSection("Conditions").Get<ConditionSettings>() ?? new ConditionSettings());
        services.AddSingleton<EmailOrderValidator>();
        services.AddSingleton<SmsOrderValidator>();
        services.AddSingleton<AnyOrderValidator>();
        services.AddTransient<AcceptV1Order>();
        services.AddScoped<ReadOrderStatus>();
    }

    public static void MapV1(this IEndpointRouteBuilder routes)
    {
        routes.MapPostEmailOrder();
        routes.MapPostSmsOrder();
        routes.MapPostAnyOrder();
        routes.MapGetOrder();
        routes.MapGetOrders();
        routes.MapGetOrderStatus();
        routes.MapGetNotifications();
    }
}
