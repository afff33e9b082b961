using Notifications.Consumers.Maskinporten;
using Notifications.Hosting.Neighbours;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Apps;

/// <summary>Whom the hosts ask about instances of Altinn apps; nobody, in an installation where <c>Platform:Storage</c> is not set.</summary>
public static class AppRegistration
{
    private const string DefaultScope = "altinn:storage/instances.syncadapter";

    public static bool AsksStorage(IConfiguration configuration) => configuration["Platform:Storage"] is { Length: > 0 };

    public static void AddApps(this IServiceCollection services, IConfiguration configuration)
    {
        if (!AsksStorage(configuration))
            return;

        var timeout = NotificationsSettings.Duration(configuration, "Platform:Timeout", TimeSpan.FromSeconds(3));
        var authentication = NotificationsSettings.Address(configuration, "Platform:Authentication", "the address of Altinn Authentication's API");
        var scope = configuration["Apps:StorageScope"] is { Length: > 0 } given ? given : DefaultScope;
        services.AddNeighbour(AltinnTokens.Client, timeout, authentication);
        services.AddNeighbour<Storage>(NotificationsSettings.Address(configuration, "Platform:Storage", "the address of Altinn Storage's API"), timeout)
            // Around the bounds: a token that takes its time, or is not to be had, is no failure of Storage's.
            .ConfigureHttpClient(client => client.Timeout += NeighbourRegistration.Longest(MaskinportenRegistration.Timeout) + NeighbourRegistration.Longest(timeout))
            .ConfigureAdditionalHttpMessageHandlers((handlers, provider) => handlers.Insert(0, new AltinnTokenHeader(provider.GetRequiredService<AltinnTokens>(), scope)));
    }
}
