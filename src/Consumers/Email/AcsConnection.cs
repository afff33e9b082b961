using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Email;

/// <summary>
/// Where Azure Communication Services is and how we show there who we are: a signature (HMAC-SHA256 with an access key) or a token of Entra ID.
/// A request is signed for the moment and the bytes it carries, so each try is signed anew.
/// </summary>
public sealed class AcsConnection
{
    private readonly byte[]? _accessKey;
    private readonly AcsToken? _token;

    private AcsConnection(Uri endpoint, byte[]? accessKey, AcsToken? token)
    {
        Endpoint = endpoint;
        _accessKey = accessKey;
        _token = token;
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
                ? new AcsConnection(address, Convert.FromBase64String(key), token: null)
                : throw new SettingException("Set Email:ConnectionString to the connection string of the e-mail resource: endpoint=https://…/;accesskey=….");
    }

    /// <summary>By an identity of Entra ID instead of a key.</summary>
    public static AcsConnection Entra(Uri endpoint, TokenCredential credential, TimeProvider clock) => new(endpoint, accessKey: null, new AcsToken(credential, clock));

    public async ValueTask Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_token is null)
            Sign(request, body.Span, now);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _token.Get(cancellationToken));
    }

    private void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var date = now.ToString("r", CultureInfo.InvariantCulture);
        var contentHash = Convert.ToBase64String(SHA256.HashData(body));
        var address = request.RequestUri!;
        var toSign = $"{request.Method.Method}\n{address.PathAndQuery}\n{date};{address.Authority};{contentHash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_accessKey!, Encoding.ASCII.GetBytes(toSign)));

        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", contentHash);
        request.Headers.Authorization = new AuthenticationHeaderValue("HMAC-SHA256", $"SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");
    }
}
