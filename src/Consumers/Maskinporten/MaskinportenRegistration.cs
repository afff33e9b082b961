using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Maskinporten;

public static class MaskinportenRegistration
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <param name="services">The host's.</param>
    /// <param name="configuration">The host's.</param>
    /// <param name="isNeeded">Whether anybody is shown a token.</param>
    public static void AddMaskinporten(this IServiceCollection services, IConfiguration configuration, bool isNeeded)
    {
        services.AddSingleton(MaskinportenClient.Read(configuration, isNeeded));
        services.AddNeighbour(MaskinportenTokens.Client, Timeout);
        services.AddSingleton<MaskinportenTokens>();
        services.AddSingleton<AltinnTokens>();
    }
}
