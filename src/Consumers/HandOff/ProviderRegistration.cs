using Azure.Identity;
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

        var email = configuration.GetSection("Email").Get<EmailSettings>() ?? new EmailSettings();
        var sms = Sms(configuration);
        services.AddSingleton(email);
        services.AddSingleton(sms);
        services.AddAcsConnection(configuration);
        services.AddSingleton(new SmsAccount(
            NotificationsSettings.Address(configuration, "Sms:Endpoint", "the address of the SMS gateway"),
            NotificationsSettings.Text(configuration, "Sms:User", "the SMS gateway's user name"),
            NotificationsSettings.Text(configuration, "Sms:Password", "the SMS gateway's password")));
        services.AddSingleton(new ChannelProviders(Providers.Acs, sms.Protocol == SmsProtocol.Common ? Providers.LinkCommon : Providers.Link));

        services.AddSingleton(new ChannelPaces(Pace(configuration, "Email"), Pace(configuration, "Sms")));

        services.AddProvider<AcsEmail, AcsEmail>(email.Timeout);
        if (sms.Protocol == SmsProtocol.Common)
            services.AddProvider<SmsGateway, CommonGateway>(sms.Timeout);
        else
            services.AddProvider<SmsGateway, PswinGateway>(sms.Timeout);
        services.AddSingleton<ProviderGate>();
        services.AddSingleton<AttemptLedger>();
        services.AddSingleton<ProviderCall>();
        services.AddHealthChecks().AddCheck<ProviderHealth>("Providers", HealthStatus.Degraded);
    }

    /// <summary>Null where nothing is set: the provider takes as many calls as we make.</summary>
    private static Pace? Pace(IConfiguration configuration, string channel)
    {
        CallLimit?[] limits =
        [
            Limit(configuration, $"{channel}:MostPerSecond", TimeSpan.FromSeconds(1)),
            Limit(configuration, $"{channel}:MostPerMinute", TimeSpan.FromMinutes(1)),
            Limit(configuration, $"{channel}:MostPerHour", TimeSpan.FromHours(1)),
        ];
        return limits.OfType<CallLimit>().ToArray() is { Length: > 0 } set ? new Pace(set) : null;
    }

    private static CallLimit? Limit(IConfiguration configuration, string name, TimeSpan within) =>
        configuration[name] is not { Length: > 0 } text ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var most) && most > 0 ? new CallLimit(most, within)
        : throw new SettingException($"Set {name} to the number of calls that the provider takes.");

    private static void AddAcsConnection(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["Email:Endpoint"] is { Length: > 0 })
        {
            var endpoint = NotificationsSettings.Address(configuration, "Email:Endpoint", "the address of the e-mail resource, for example https://etaten.norway.communication.azure.com/");
            services.AddSingleton(provider => AcsConnection.Entra(endpoint, new DefaultAzureCredential(), provider.GetRequiredService<TimeProvider>()));
            return;
        }
        services.AddSingleton(AcsConnection.Parse(NotificationsSettings.Text(
            configuration, "Email:ConnectionString", "the connection string of the e-mail resource (endpoint=https://…/;accesskey=…), or Email:Endpoint to its address for an identity of Entra ID")));
    }

    private static SmsSettings Sms(IConfiguration configuration)
    {
        if (configuration["Sms:Protocol"] is { Length: > 0 } protocol && !Enum.GetNames<SmsProtocol>().Contains(protocol, StringComparer.OrdinalIgnoreCase))
            throw new SettingException($"Set Sms:Protocol to {string.Join(" or ", Enum.GetNames<SmsProtocol>())}; it is '{protocol}'.");

        var sms = configuration.GetSection("Sms").Get<SmsSettings>() ?? new SmsSettings();
        if (!SmsSender.IsValid(sms.DefaultSender))
            throw new SettingException("Set Sms:DefaultSender to a number, or a name of at most eleven English letters and digits.");
        if (sms is { Protocol: SmsProtocol.Common, Partner: not { Length: > 0 } } or { Protocol: SmsProtocol.Common, ReportGate: not { Length: > 0 } })
            throw new SettingException("Set Sms:Partner to our platformPartnerId and Sms:ReportGate to the gate of our delivery reports, which the Common interface asks for.");
        return sms;
    }

    private static void AddProvider<TProvider, TClient>(this IServiceCollection services, TimeSpan timeout)
        where TProvider : class
        where TClient : class, TProvider => services
        .AddHttpClient<TProvider, TClient>(client =>
        {
            client.Timeout = timeout;
            client.MaxResponseContentBufferSize = LongestAnswer;
        })
        // A client may live as long as its host: its connections are what is renewed, so that a provider may move.
        .UseSocketsHttpHandler((connections, _) => connections.PooledConnectionLifetime = ConnectionLifetime)
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
