using System.Security.Cryptography;
using System.Text;

namespace Notifications.Consumers.Webhooks;

/// <summary>Signatures as Standard Webhooks has them: HMAC-SHA256 over the id, the time and the body of a message.</summary>
public static class WebhookSignature
{
    /// <summary>Before a secret in the form in which receivers are given it.</summary>
    private const string Prefix = "whsec_";

    private const int SecretLength = 32;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    public static string Show(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>A signature by each secret, with spaces between them; a receiver looks for one that it can check.</summary>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<byte[]> secrets)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
