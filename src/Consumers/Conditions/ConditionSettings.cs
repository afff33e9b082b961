using Notifications.Consumers.Apps;
using Notifications.Consumers.Maskinporten;

namespace Notifications.Consumers.Conditions;

/// <summary>Settings under <c>Conditions</c>.</summary>
public sealed class ConditionSettings
{
    /// <summary>How long one question may take, with all of its answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Only https, and only addresses that are public. Off in a sandbox environment, where loopback and http will do too.</summary>
    public bool PublicOnly { get; set; } = true;

    /// <summary>The hosts that are shown our token; with a leading dot, all hosts below. Nobody else is, or could ask others in our name.</summary>
    public IReadOnlyList<string> TokenHosts { get; set; } = [];
    public string Scope { get; set; } = "altinn:system/notifications.condition.check";

    public bool GetsToken(Uri address) => TokenHosts.Any(host => host.StartsWith('.')
        ? address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        : address.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));
}

public static class ConditionRegistration
{
    private const int LargestAnswer = 16 * 1024;

    public static void AddConditions(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(ConditionEndpoint)))
            return;

        var settings = configuration.GetSection("Conditions").Get<ConditionSettings>() ?? new ConditionSettings();
        services.AddSingleton(settings);
        services.AddMaskinporten(configuration, isNeeded: settings.TokenHosts.Count > 0 || AppRegistration.AsksStorage(configuration));
        services.AddApps(configuration);
        services.AddHttpClient<ConditionEndpoint>(client =>
        {
            client.Timeout = settings.Timeout;
            client.MaxResponseContentBufferSize = LargestAnswer;
        }).ConfigurePrimaryHttpMessageHandler(() => PublicAddresses.Handler(allowLoopback: !settings.PublicOnly, settings.Timeout));
        services.AddTransient<InstanceConditions>();
        services.AddTransient<SendConditions>();
    }
}
