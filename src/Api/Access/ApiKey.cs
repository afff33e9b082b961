using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Notifications.Api.Access;

/// <summary>Lets in whoever has the key: a program in the header <c>X-API-Key</c>, a browser as the password that it asks its user for.</summary>
/// <param name="what">What it opens.</param>
/// <param name="key">The key; without one nobody is let in.</param>
internal sealed class ApiKey(string what, string? key) : IEndpointFilter
{
    private const string Header = "X-API-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Objection(http.Request) is not { } objection)
            return await next(context);

        http.Response.Headers.WWWAuthenticate = $"Basic realm=\"{what}\", charset=\"UTF-8\"";
        return Results.Json(new { error = objection }, statusCode: StatusCodes.Status401Unauthorized);
    }

    private string? Objection(HttpRequest request)
    {
        var given = request.Headers.TryGetValue(Header, out var values) ? values.ToString() : Password(request);
        return given is null ? $"API key required for {what} endpoints"
            : string.IsNullOrWhiteSpace(given) ? "API key cannot be empty"
            : string.IsNullOrWhiteSpace(key) ? "API key validation not configured"
            : !IsKey(given) ? "Invalid API key"
            : null;
    }

    /// <summary>In a time that tells nothing of how much of it is right.</summary>
    private bool IsKey(string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key!)));

    private static string? Password(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header) || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return null;
        var decoded = new byte[header.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(header.Parameter ?? "", decoded, out var length) && Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }
}
