using Notifications.Hosting.Neighbours;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Recipients;

/// <summary>Whom the hosts ask about recipients: the worker when a shipment is due, the api when an order is registered. One process may be both.</summary>
public static class RecipientRegistration
{
    public static void AddRecipients(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(RecipientSettings)))
            return;

        var timeout = NotificationsSettings.Duration(configuration, "Platform:Timeout", TimeSpan.FromSeconds(3));
        services.AddSingleton(RecipientSettings.Read(configuration));
        services.AddNeighbour<Profile>(NotificationsSettings.Address(configuration, "Platform:Profile", "the address of Altinn Profile's API"), timeout);
        services.AddNeighbour<Register>(NotificationsSettings.Address(configuration, "Platform:Register", "the address of Altinn Register's API"), timeout)
            .AddHttpMessageHandler(provider => new PlatformTokenHeader(provider.GetRequiredService<PlatformToken>()));
        services.AddNeighbour<Authorization>(NotificationsSettings.Address(configuration, "Platform:Authorization", "the address of Altinn Authorization's API"), timeout);
        services.AddNeighbour<ResourceRegistry>(NotificationsSettings.Address(configuration, "Platform:ResourceRegistry", "the address of Altinn Resource Registry's API"), timeout);
        var certificate = PlatformToken.ReadCertificate(configuration);
        services.AddSingleton(provider => new PlatformToken(certificate, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<NameCache>();
        services.AddSingleton<TitleCache>();
        services.AddTransient<ResourceTitles>();
        services.AddTransient<Representatives>();
        services.AddTransient<RecipientNames>();
        services.AddTransient<ContactLookup>();
        services.AddTransient<RecipientResolver>();
        services.AddTransient<RegistrationLookup>();
    }
}
