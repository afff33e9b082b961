using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>The public key of a certificate, which tokens name by its thumbprint, and when it is valid.</summary>
internal sealed record CertificateKey(SecurityKey Key, DateTime NotBefore, DateTime NotAfter)
{
    public bool IsValid(DateTimeOffset now) => NotBefore <= now.UtcDateTime && now.UtcDateTime < NotAfter;

    /// <param name="content">A certificate in DER, base64 of that, or one or more of them in PEM.</param>
    /// <exception cref="CryptographicException">It is none of these.</exception>
    public static IReadOnlyList<CertificateKey> ReadAll(ReadOnlySpan<byte> content) =>
        [.. Read(content).Select(c => new CertificateKey(KeyOf(c), c.NotBefore.ToUniversalTime(), c.NotAfter.ToUniversalTime()))];

    private static X509Certificate2Collection Read(ReadOnlySpan<byte> content)
    {
        var certificates = new X509Certificate2Collection();
        var text = Encoding.UTF8.GetString(content);
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            certificates.ImportFromPem(text);
        else
            certificates.Add(X509CertificateLoader.LoadCertificate(Decoded(text) ?? content.ToArray()));
        return certificates;
    }

    private static byte[]? Decoded(string text)
    {
        try
        {
            return Convert.FromBase64String(text.Trim());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static SecurityKey KeyOf(X509Certificate2 certificate) => certificate.GetECDsaPublicKey() is { } curve
        ? new ECDsaSecurityKey(curve) { KeyId = certificate.Thumbprint }
        : new RsaSecurityKey(certificate.GetRSAPublicKey() ?? throw new CryptographicException("The certificate's key is neither RSA nor ECDSA."))
        {
            KeyId = certificate.Thumbprint,
        };
}
