using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notifications.Consumers.Email;
using Notifications.Consumers.Sms;
using Notifications.Hosting.Settings;
using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>Who takes messages, and the ledger of the calls to them: the worker's when a shipment is due, the api's for instant messages. One process may be both.</summary>
public static class ProviderRegistration
{
    /// <summary>More than any answer of a provider's; what is longer is no answer.</summary>
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static void AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(AttemptLedger)))
            return;

        services.AddEmailProviders(configuration);
        services.AddSmsProviders(configuration);
        services.AddSingleton(new TestSending(NotificationsSettings.Switch(configuration, "TestRecipients:Only")));
        services.AddKeyedSingleton<IMessageProvider, StandIn>(Providers.StandIn);
        services.AddSingleton(provider => new ChannelProviders(provider.GetServices<ProviderAccount>()));
        services.AddSingleton<ProviderChoice>();
        services.AddSingleton<ProviderGate>();
        services.AddSingleton<AttemptLedger>();
        services.AddSingleton<ProviderCall>();
        services.AddHealthChecks().AddCheck<ProviderHealth>("Providers", HealthStatus.Degraded);
    }

    /// <summary>All that a channel needs for being sent to somebody: an account, and how to call it.</summary>
    public static void AddMessageProvider(this IServiceCollection services, ProviderAccount account, Func<IServiceProvider, IMessageProvider> provider) => services
        .AddSingleton(account)
        .AddKeyedSingleton(account.Name, (all, _) => provider(all));

    /// <summary>An account with the weight and the pace that are set for it.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="section">Where they are.</param>
    /// <param name="name">Its name in the ledger.</param>
    /// <param name="channel">Whose messages it takes.</param>
    /// <param name="weight">Its share when none is set.</param>
    internal static ProviderAccount Account(IConfiguration configuration, string section, string name, Channel channel, int weight) => new(name, channel)
    {
        Weight = NotificationsSettings.Number(configuration, $"{section}:Weight", "the provider's share of the messages, 0 for those that the other one does not take", least: 0) ?? weight,
        Pace = Pace(configuration, section),
        Shares = Shares(configuration, section),
    };

    internal static void AddProviderHttp(this IServiceCollection services, string name, TimeSpan timeout) => services
        .AddHttpClient(name, client =>
        {
            client.Timeout = timeout;
            client.MaxResponseContentBufferSize = LongestAnswer;
        })
        // A client may live as long as its host: its connections are what is renewed, so that a provider may move.
        // And a redirection would carry the message, and what we show to be let in, to somebody else.
        .UseSocketsHttpHandler((connections, _) => (connections.PooledConnectionLifetime, connections.AllowAutoRedirect) = (ConnectionLifetime, false))
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    internal static HttpClient ProviderHttp(this IServiceProvider services, string name) => services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    /// <summary>Null where nothing is set: the provider takes as many calls as we make.</summary>
    private static Pace? Pace(IConfiguration configuration, string section)
    {
        CallLimit?[] limits =
        [
            Limit(configuration, $"{section}:MostPerSecond", TimeSpan.FromSeconds(1)),
            Limit(configuration, $"{section}:MostPerMinute", TimeSpan.FromMinutes(1)),
            Limit(configuration, $"{section}:MostPerHour", TimeSpan.FromHours(1)),
        ];
        return limits.OfType<CallLimit>().ToArray() is { Length: > 0 } set ? new Pace(set) : null;
    }

    /// <summary>Null where nothing is set: a creator takes whatever the provider takes.</summary>
    private static CreatorShares? Shares(IConfiguration configuration, string section)
    {
        var everyone = Share(configuration, $"{section}:CreatorMostPerMinute");
        var creators = configuration.GetSection($"{section}:Creators").GetChildren()
            .Select(creator => (creator.Key, Share: Share(configuration, $"{creator.Path}:MostPerMinute")))
            .Where(creator => creator.Share is not null)
            .ToDictionary(creator => creator.Key, creator => creator.Share!, StringComparer.Ordinal);
        return everyone is null && creators.Count == 0 ? null : new CreatorShares(everyone, creators);
    }

    private static CreatorShare? Share(IConfiguration configuration, string name) =>
        NotificationsSettings.Number(configuration, name, "the number of calls for one creator's messages in a minute") is { } most ? new CreatorShare(most) : null;

    private static CallLimit? Limit(IConfiguration configuration, string name, TimeSpan within) =>
        NotificationsSettings.Number(configuration, name, "the number of calls that the provider takes") is { } most ? new CallLimit(most, within) : null;
}
