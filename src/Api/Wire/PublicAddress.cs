namespace Notifications.Api.Wire;

/// <summary>The address under which clients know this service.</summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    public const string Prefix = "/notifications/api/v1";

    private readonly string _base = (configuration["PublicAddress"] ?? "http://localhost:5090").TrimEnd('/');

    public string Of(string path) => $"{_base}{Prefix}/{path}";
}
