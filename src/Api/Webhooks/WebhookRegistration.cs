using Notifications.Consumers.Webhooks;

namespace Notifications.Api.Webhooks;

public static class WebhookRegistration
{
    public static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(WebhookSettings.Read(configuration));
        services.AddSingleton<WebhookRequestValidator>();
        services.AddSingleton<ReplayRequestValidator>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapPostWebhook();
        routes.MapGetWebhooks();
        routes.MapPutWebhook();
        routes.MapDeleteWebhook();
        routes.MapPostWebhookSecret();
        routes.MapPostWebhookReplay();
    }
}
