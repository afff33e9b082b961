using System.Text.RegularExpressions;

namespace Notifications.Sandbox.Tokens;

internal static partial class PlatformTokenEndpoints
{
    public static void MapPlatformTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/platform-token", Token);
        routes.MapGet("/.well-known/platform-access-token/{issuer}", Keys);
    }

    private static IResult Token(TokenIssuer tokens, string iss = "ttd", string app = "app") =>
        IssuerName().IsMatch(iss)
            ? Results.Text(tokens.Platform(iss, app))
            : Results.Problem("iss must be a short name: lower-case letters, digits and hyphens.", statusCode: 400);

    private static IResult Keys(string issuer, SigningKeys keys) =>
        IssuerName().IsMatch(issuer) && keys.FindPlatform(issuer) is { } key
            ? Results.Json(key.ToKeySet())
            : Results.NotFound();

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.None, 1000)]
    private static partial Regex IssuerName();
}
