using Notifications.Consumers.Conditions;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Attachments;

/// <summary>Settings under <c>Attachments</c>.</summary>
public sealed class AttachmentSettings
{
    /// <summary>The provider takes 10 MB with everything, and a file takes a third more on its way.</summary>
    public const int DefaultTotal = 7_500_000;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes that the files of one e-mail may have.</summary>
    public int LargestTotal { get; init; } = DefaultTotal;

    /// <summary>How long the fetching of one file may take.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>What stands in for all of Azure Blob Storage in a sandbox.</summary>
    public Uri? Storage { get; init; }

    /// <summary>A ClamAV daemon, as <c>tcp://host:3310</c>; null for none.</summary>
    public Uri? Scanner { get; init; }

    public Uri At(Uri address) => Storage is null ? address : new Uri(Storage, address.Host + address.PathAndQuery);

    public static AttachmentSettings Read(IConfiguration configuration) => new()
    {
        LargestTotal = NotificationsSettings.Number(configuration, "Attachments:LargestTotal", "a whole number of bytes above 0") ?? DefaultTotal,
        Timeout = NotificationsSettings.Duration(configuration, "Attachments:Timeout", DefaultTimeout),
        Storage = configuration["Attachments:Storage"] is { Length: > 0 }
            ? NotificationsSettings.Address(configuration, "Attachments:Storage", "the address of what stands in for Azure Blob Storage, ending in a slash")
            : null,
        Scanner = configuration["Attachments:Scanner"] is not { Length: > 0 } scanner ? null
            : Uri.TryCreate(scanner, UriKind.Absolute, out var address) && address is { Scheme: "tcp", Port: > 0 } ? address
            : throw new SettingException("Set Attachments:Scanner to the address of a ClamAV daemon, such as tcp://clamav:3310, or leave it out."),
    };
}

public static class AttachmentRegistration
{
    public static void AddAttachments(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = AttachmentSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<VirusScanner>();
        services.AddHttpClient<BlobStorage>(client =>
        {
            client.Timeout = settings.Timeout;
            client.MaxResponseContentBufferSize = settings.LargestTotal;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = settings.Timeout,
            ConnectCallback = new PublicAddresses(allowLoopback: settings.Storage is not null).Connect,
        });
    }
}
