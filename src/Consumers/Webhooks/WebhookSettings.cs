using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Webhooks;

/// <summary>Settings under <c>Webhooks</c>.</summary>
/// <param name="PublicOnly">Only https, and only addresses that are public. Off in a sandbox environment, where loopback and http will do too.</param>
/// <param name="Timeout">How long a receiver may take to answer.</param>
/// <param name="Source">Where events come from: the address of the API.</param>
/// <param name="Origin">The name by which receivers consent to events of this service.</param>
public sealed record WebhookSettings(bool PublicOnly, TimeSpan Timeout, string Source, string Origin)
{
    public static WebhookSettings Read(IConfiguration configuration)
    {
        var address = configuration["PublicAddress"] is { Length: > 0 }
            ? NotificationsSettings.Address(configuration, "PublicAddress", "the address under which clients know this service, for example https://notifications.example.no")
            : new Uri("http://localhost:5090");
        return new WebhookSettings(
            configuration["Webhooks:PublicOnly"] is not { Length: > 0 } || NotificationsSettings.Switch(configuration, "Webhooks:PublicOnly"),
            NotificationsSettings.Duration(configuration, "Webhooks:Timeout", TimeSpan.FromSeconds(10)),
            $"{address.AbsoluteUri.TrimEnd('/')}/notifications/api/v1",
            configuration["Webhooks:Origin"] is { Length: > 0 } origin ? origin : address.IdnHost);
    }
}
