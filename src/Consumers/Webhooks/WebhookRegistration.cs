using Notifications.Consumers.Conditions;

namespace Notifications.Consumers.Webhooks;

public static class WebhookRegistration
{
    public static void AddWebhookDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = WebhookSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddHttpClient<WebhookReceiver>(client => client.Timeout = settings.Timeout)
            .ConfigurePrimaryHttpMessageHandler(() => PublicAddresses.Handler(allowLoopback: !settings.PublicOnly, settings.Timeout));
        services.AddTransient<WebhookDelivery>();
        services.AddHostedService<WebhookLoop>();
    }
}
