using System.Globalization;

namespace Notifications.Local;

/// <summary>The processes of a system and their settings.</summary>
internal sealed class HostPlans(SystemPorts ports, string root, string database, Uri? broker, IReadOnlyDictionary<string, string> extraSettings)
{
    // Few round trips on few connections: three hosts share one server.
    private const string ClientSettings = ";Maximum Pool Size=60;No Reset On Close=true;Max Auto Prepare=100";

    public HostPlan Sandbox => new("sandbox", "Sandbox", ports.SandboxAddress, "health", With(ports.SandboxAddress, new(StringComparer.Ordinal)
    {
        ["Sandbox__Data"] = Path.Combine(root, "sandbox"),
        ["Sandbox__ReportsUrl"] = new Uri(ports.ApiAddress, "notifications/api/v1/reports").AbsoluteUri,
    }))
    {
        GivesWay = true,
    };

    public HostPlan Api => new("api", "Api", ports.ApiAddress, "health/ready", With(ports.ApiAddress, Shared()))
    {
        Arguments = broker is null ? ["--embedded"] : [],
    };

    public IEnumerable<HostPlan> Workers => broker is null
        ? []
        : ports.WorkerAddresses.Select((address, index) => new HostPlan(
            WorkerName(index + 1),
            "Consumers",
            address,
            "health/ready",
            With(address, Shared()))
        {
            GivesWay = true,
        });

    public static string WorkerName(int number) =>
        number == 1 ? "worker" : string.Create(CultureInfo.InvariantCulture, $"worker-{number}");

    private Dictionary<string, string> Shared()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Notifications"] = database + ClientSettings,
            ["Sandbox__Url"] = ports.SandboxAddress.AbsoluteUri.TrimEnd('/'),
            ["PublicAddress"] = ports.ApiAddress.AbsoluteUri.TrimEnd('/'),
        };
        if (broker is not null)
            settings["ConnectionStrings__Broker"] = broker.AbsoluteUri;
        return settings;
    }

    private Dictionary<string, string> With(Uri address, Dictionary<string, string> settings)
    {
        settings["ASPNETCORE_URLS"] = address.AbsoluteUri.TrimEnd('/');
        settings["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in extraSettings)
            settings[name] = value;
        return settings;
    }
}
