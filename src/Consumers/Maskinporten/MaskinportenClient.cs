using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Maskinporten;

/// <summary>Who we are at Maskinporten: settings under <c>Maskinporten</c>. Nobody, when nobody is shown a token.</summary>
public sealed class MaskinportenClient : IDisposable
{
    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromSeconds(60);

    private readonly RSA? _key;
    private readonly string _clientId;
    private readonly string _keyId;
    private readonly string _issuer;

    private MaskinportenClient(RSA? key, string issuer, string clientId, string keyId)
    {
        _key = key;
        _issuer = issuer;
        _clientId = clientId;
        _keyId = keyId;
    }

    public Uri TokenEndpoint => new(new Uri(_issuer), "token");

    public static MaskinportenClient Read(IConfiguration configuration, bool isNeeded)
    {
        if (!isNeeded)
            return new(null, "https://maskinporten.no/", "", "");

        var issuer = NotificationsSettings.Address(configuration, "Maskinporten:Issuer", "Maskinporten's address, https://maskinporten.no/").AbsoluteUri;
        var clientId = NotificationsSettings.Text(configuration, "Maskinporten:ClientId", "the id of this service's client at Maskinporten");
        var keyId = NotificationsSettings.Text(configuration, "Maskinporten:KeyId", "the id under which the client's key is registered at Maskinporten");
        if (configuration["Maskinporten:Key"] is not { Length: > 0 } && configuration["Sandbox:Url"] is { Length: > 0 })
        {
            // Any key will do there. Made now: it may take a second, and whoever asks for the first token has a few.
            var any = RSA.Create();
            any.ExportRSAPublicKey();
            return new(any, issuer, clientId, keyId);
        }

        var pem = NotificationsSettings.Text(configuration, "Maskinporten:Key", "the client's private RSA key, as PEM");
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (ArgumentException)
        {
            key.Dispose();
            throw new SettingException("Set Maskinporten:Key to the client's private RSA key, as PEM.");
        }
        return new(key, issuer, clientId, keyId);
    }

    /// <summary>A signed statement that we are who we are, good for one token.</summary>
    public string Assertion(string scope, DateTimeOffset now)
    {
        if (_key is null)
            throw new InvalidOperationException("There is no client at Maskinporten.");

        var header = Part(new { alg = "RS256", typ = "JWT", kid = _keyId });
        var claims = Part(new
        {
            aud = _issuer,
            iss = _clientId,
            scope,
            iat = now.ToUnixTimeSeconds(),
            exp = (now + AssertionLifetime).ToUnixTimeSeconds(),
            jti = Guid.NewGuid(),
        });
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _key?.Dispose();

    private static string Part<T>(T content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
