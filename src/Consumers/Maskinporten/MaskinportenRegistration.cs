using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Maskinporten;

public static class MaskinportenRegistration
{
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <param name="services">The host's.</param>
    /// <param name="configuration">The host's.</param>
    /// <param name="isNeeded">Whether anybody is shown a token.</param>
    public static void AddMaskinporten(this IServiceCollection services, IConfiguration configuration, bool isNeeded)
    {
        services.AddSingleton(MaskinportenClient.Read(configuration, isNeeded));
        services.AddNeighbour(MaskinportenTokens.Client, Timeout)
            .AddHttpMessageHandler(provider => new AssertedCalls(provider.GetRequiredService<MaskinportenClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MaskinportenTokens>();
        services.AddSingleton<AltinnTokens>();
    }
}
