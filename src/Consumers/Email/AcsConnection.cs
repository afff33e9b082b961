using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Email;

/// <summary>
/// Where Azure Communication Services is and how a request to it is signed (HMAC-SHA256 with an access key). A request is signed for the
/// moment and the bytes it carries, so each try is signed anew.
/// </summary>
public sealed class AcsConnection
{
    private readonly byte[] _accessKey;

    private AcsConnection(Uri endpoint, byte[] accessKey)
    {
        Endpoint = endpoint;
        _accessKey = accessKey;
    }

    public Uri Endpoint { get; }

    /// <summary>Reads <c>endpoint=…;accesskey=…</c>; the key itself may end in equal signs.</summary>
    public static AcsConnection Parse(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToLookup(part => part[0].Trim(), part => part[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return parts["endpoint"].ToArray() is [var endpoint] && Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            && parts["accesskey"].ToArray() is [{ Length: > 0 } key] && Convert.TryFromBase64String(key, new byte[key.Length], out _)
                ? new AcsConnection(address, Convert.FromBase64String(key))
                : throw new SettingException("Set Email:ConnectionString to the connection string of the e-mail resource: endpoint=https://…/;accesskey=….");
    }

    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var date = now.ToString("r", CultureInfo.InvariantCulture);
        var contentHash = Convert.ToBase64String(SHA256.HashData(body));
        var address = request.RequestUri!;
        var toSign = $"{request.Method.Method}\n{address.PathAndQuery}\n{date};{address.Authority};{contentHash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_accessKey, Encoding.ASCII.GetBytes(toSign)));

        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", contentHash);
        request.Headers.Authorization = new AuthenticationHeaderValue("HMAC-SHA256", $"SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");
    }
}
