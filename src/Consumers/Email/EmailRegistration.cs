using Azure.Identity;
using Notifications.Consumers.HandOff;
using Notifications.Hosting.Settings;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>Who takes e-mail.</summary>
internal static class EmailRegistration
{
    public static void AddEmailProviders(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Email").Get<EmailSettings>() ?? new EmailSettings();
        services.AddSingleton(settings);
        services.AddAcsConnection(configuration);
        services.AddProviderHttp(Providers.Acs, settings.Timeout);
        services.AddSingleton(all => new AcsEmail(all.ProviderHttp(Providers.Acs), all.GetRequiredService<AcsConnection>(), settings, all.GetRequiredService<TimeProvider>()));
        services.AddMessageProvider(
            ProviderRegistration.Account(configuration, "Email", Providers.Acs, Channel.Email, weight: 1) with { KnowsRepeats = true }, all => all.GetRequiredService<AcsEmail>());
        if (SmtpSettings.Read(configuration) is { } smtp)
        {
            services.AddMessageProvider(
                ProviderRegistration.Account(configuration, SmtpSettings.Section, Providers.Smtp, Channel.Email, weight: 0),
                all => new SmtpEmail(smtp, settings, all.GetRequiredService<TimeProvider>()));
        }
    }

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
}
