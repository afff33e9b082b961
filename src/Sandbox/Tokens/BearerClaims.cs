using System.Text.Json.Nodes;

namespace Notifications.Sandbox.Tokens;

/// <summary>What Altinn's APIs see of a caller.</summary>
internal static class BearerClaims
{
    private const string Scheme = "Bearer ";

    /// <summary>The claims of the Altinn token that the call carries; null when there is none that is good.</summary>
    public static JsonObject? AltinnClaims(this HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Jws.Verify(header[Scheme.Length..].Trim(), http.RequestServices.GetRequiredService<SigningKeys>().Altinn) is { } claims
            && (long?)claims["exp"] is { } expires
            && http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() <= DateTimeOffset.FromUnixTimeSeconds(expires) ? claims : null;
    }
}
