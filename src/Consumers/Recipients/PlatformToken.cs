using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Recipients;

/// <summary>
/// Says to Register who asks: a component of the platform, by a short-lived token that its certificate signs. Inside of the platform's
/// network an installation may need none.
/// </summary>
public sealed class PlatformToken(X509Certificate2? certificate, TimeProvider clock) : IDisposable
{
    public const string Header = "PlatformAccessToken";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(30);

    /// <summary>The receiver's clock may be a little behind.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(5);

    private readonly RSA? _key = certificate?.GetRSAPrivateKey();
    private volatile Issued? _issued;

    /// <summary>Reads a PFX file, or a PEM file that holds the certificate and its key; null when none is set.</summary>
    public static X509Certificate2? ReadCertificate(IConfiguration configuration)
    {
        if (configuration["Platform:TokenCertificate"] is not { Length: > 0 } file)
            return null;

        try
        {
            var certificate = file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(file)
                : X509CertificateLoader.LoadPkcs12FromFile(file, configuration["Platform:TokenCertificatePassword"]);
            using var key = certificate.GetRSAPrivateKey() ?? throw new CryptographicException("it has no RSA key");
            return certificate;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Set Platform:TokenCertificate to a PFX or PEM file with a certificate and its private key, and Platform:TokenCertificatePassword if it has one ({e.Message}).");
        }
    }

    /// <summary>Null when there is no certificate to sign one.</summary>
    public string? Current()
    {
        if (_key is null)
            return null;

        var now = clock.GetUtcNow();
        if (_issued is { } issued && issued.ExpiresAt - RenewBefore > now && issued.ExpiresAt - Lifetime <= now)
            return issued.Token;

        var fresh = new Issued(Issue(now), now + Lifetime);
        _issued = fresh;
        return fresh.Token;
    }

    public void Dispose()
    {
        _key?.Dispose();
        certificate?.Dispose();
    }

    private string Issue(DateTimeOffset now)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", typ = "JWT", kid = certificate!.Thumbprint, x5t = Base64Url.EncodeToString(certificate.GetCertHash()) });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["urn:altinn:app"] = "notifications",
            ["iss"] = "platform",
            ["aud"] = "platform.altinn.no",
            ["nbf"] = (now - Leeway).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key!.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private sealed record Issued(string Token, DateTimeOffset ExpiresAt);
}

/// <summary>Puts the token on calls.</summary>
public sealed class PlatformTokenHeader(PlatformToken token) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A repeated call is the same request.
        request.Headers.Remove(PlatformToken.Header);
        if (token.Current() is { } current)
            request.Headers.Add(PlatformToken.Header, current);
        return base.SendAsync(request, cancellationToken);
    }
}
