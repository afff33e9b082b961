using Notifications.Consumers.HandOff;
using Notifications.Hosting.Settings;
using Notifications.Store;

namespace Notifications.Consumers.Sms;

/// <summary>Who takes SMS: an account at LINK, and perhaps another one, by the same interface or the other.</summary>
internal static class SmsRegistration
{
    private const string Second = "Sms:Second";

    public static void AddSmsProviders(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = Settings(configuration, "Sms");
        services.AddSingleton(settings);
        services.AddGateway(configuration, "Sms", Name(settings), settings, weight: 1);
        if (configuration[$"{Second}:Endpoint"] is not { Length: > 0 })
            return;

        var second = Settings(configuration, Second);
        second.DefaultSender = settings.DefaultSender;
        services.AddGateway(configuration, Second, second.Protocol == settings.Protocol ? Providers.Second(Name(second)) : Name(second), second, weight: 0);
    }

    private static void AddGateway(this IServiceCollection services, IConfiguration configuration, string section, string name, SmsSettings settings, int weight)
    {
        var account = new SmsAccount(
            NotificationsSettings.Address(configuration, $"{section}:Endpoint", "the address of the SMS gateway"),
            NotificationsSettings.Text(configuration, $"{section}:User", "the SMS gateway's user name"),
            NotificationsSettings.Text(configuration, $"{section}:Password", "the SMS gateway's password"));
        services.AddProviderHttp(name, settings.Timeout);
        services.AddMessageProvider(ProviderRegistration.Account(configuration, section, name, Channel.Sms, weight), all => settings.Protocol == SmsProtocol.Common
            ? new CommonGateway(all.ProviderHttp(name), account, settings, all.GetRequiredService<TimeProvider>())
            : new PswinGateway(all.ProviderHttp(name), account, settings, all.GetRequiredService<TimeProvider>()));
    }

    private static string Name(SmsSettings settings) => settings.Protocol == SmsProtocol.Common ? Providers.LinkCommon : Providers.Link;

    private static SmsSettings Settings(IConfiguration configuration, string section)
    {
        if (configuration[$"{section}:Protocol"] is { Length: > 0 } protocol && !Enum.GetNames<SmsProtocol>().Contains(protocol, StringComparer.OrdinalIgnoreCase))
            throw new SettingException($"Set {section}:Protocol to {string.Join(" or ", Enum.GetNames<SmsProtocol>())}; it is '{protocol}'.");

        var sms = configuration.GetSection(section).Get<SmsSettings>() ?? new SmsSettings();
        if (!SmsSender.IsValid(sms.DefaultSender))
            throw new SettingException("Set Sms:DefaultSender to a number, or a name of at most eleven English letters and digits.");
        if (sms is { Protocol: SmsProtocol.Common, Partner: not { Length: > 0 } } or { Protocol: SmsProtocol.Common, ReportGate: not { Length: > 0 } })
            throw new SettingException($"Set {section}:Partner to our platformPartnerId and {section}:ReportGate to the gate of our delivery reports, which the Common interface asks for.");
        return sms;
    }
}
