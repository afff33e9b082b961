using Notifications.Consumers.Email;
using Notifications.Consumers.Sms;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.HandOff;

/// <summary>Who takes messages, and the ledger of the calls to them: the worker's when a shipment is due, the api's for instant messages. One process may be both.</summary>
public static class ProviderRegistration
{
    public static void AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(AttemptLedger)))
            return;

        var email = configuration.GetSection("Email").Get<EmailSettings>() ?? new EmailSettings();
        var sms = configuration.GetSection("Sms").Get<SmsSettings>() ?? new SmsSettings();
        services.AddSingleton(email);
        services.AddSingleton(sms);
        services.AddSingleton(AcsConnection.Parse(
            NotificationsSettings.Text(configuration, "Email:ConnectionString", "the connection string of the e-mail resource: endpoint=https://…/;accesskey=…")));
        services.AddSingleton(new PswinAccount(
            NotificationsSettings.Address(configuration, "Sms:Endpoint", "the address of the SMS gateway"),
            NotificationsSettings.Text(configuration, "Sms:User", "the SMS gateway's user name"),
            NotificationsSettings.Text(configuration, "Sms:Password", "the SMS gateway's password")));

        services.AddHttpClient<AcsEmail>(client => client.Timeout = email.Timeout);
        services.AddHttpClient<PswinGateway>(client => client.Timeout = sms.Timeout);
        services.AddSingleton<AttemptLedger>();
    }
}
