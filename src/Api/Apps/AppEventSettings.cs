using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Notifications.Consumers.Apps;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Apps;

/// <summary>Settings under <c>Events</c>. Each creator has a code of its own, which is made from the secret: who sees one knows no other.</summary>
public sealed class AppEventSettings
{
    private readonly byte[]? _secret;

    private AppEventSettings(byte[]? secret) => _secret = secret;

    /// <summary>Whether events of apps are taken at all.</summary>
    public bool AreOn => _secret is not null;

    public static AppEventSettings Read(IConfiguration configuration)
    {
        if (configuration["Events:Secret"] is not { Length: > 0 } secret)
            return new(null);
        if (!AppRegistration.AsksStorage(configuration))
            throw new SettingException("Set Platform:Storage to the address of Altinn Storage's API: events of apps are not believed without looking there.");
        return new(Encoding.UTF8.GetBytes(secret));
    }

    /// <summary>The <c>code</c> in the address at which a creator's events come in.</summary>
    public string CodeOf(string creator) => $"{creator}.{Base64Url.EncodeToString(HMACSHA256.HashData(_secret!, Encoding.UTF8.GetBytes($"events:{creator}")))}";

    /// <summary>Whose events may come with the code; null for nobody's.</summary>
    public string? CreatorOf(string? code)
    {
        if (!AreOn || code is null || code.LastIndexOf('.') is not (> 0 and var dot))
            return null;

        var creator = code[..dot];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(CodeOf(creator))) ? creator : null;
    }
}
