using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Notifications.Sandbox.Clock;

namespace Notifications.Sandbox.Acs;

/// <summary>HMAC-SHA256 with the access key, as Azure Communication Services has it.</summary>
internal sealed class AcsSignature(string accessKey, SandboxTime time)
{
    public const string Scheme = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);
    private readonly byte[] key = Convert.FromBase64String(accessKey);

    public static string ContentHash(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    public string Sign(string method, string pathAndQuery, string date, string host, string contentHash) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{method}\n{pathAndQuery}\n{date};{host};{contentHash}")));

    /// <summary>What is wrong with the request's signature, or null.</summary>
    public string? Fault(HttpContext context, string contentHash)
    {
        var headers = context.Request.Headers;
        var authorization = headers.Authorization.ToString();
        var date = headers["x-ms-date"].ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
            return "The Authorization header is missing or not HMAC-SHA256 over x-ms-date;host;x-ms-content-sha256.";
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
            return "x-ms-date is missing or not a date.";
        if (!time.IsNear(signedAt, Skew))
            return "x-ms-date is too far from now: clock drift.";
        if (headers["x-ms-content-sha256"].ToString() != contentHash)
            return "x-ms-content-sha256 is not the hash of the body.";

        // The path as it came over the wire: nothing decoded, nothing normalised.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var expected = Sign(context.Request.Method, target, date, context.Request.Host.Value ?? "", contentHash);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(authorization[Scheme.Length..]))
            ? null
            : "The signature does not match.";
    }
}
