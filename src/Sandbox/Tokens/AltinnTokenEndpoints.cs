using System.Text.Json.Nodes;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Tokens;

internal static class AltinnTokenEndpoints
{
    private const string EndUserScope = "altinn:portal/enduser";
    private const string DefaultScope = "altinn:serviceowner/notifications.create";

    public static void MapAltinnTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/token", Token);
        routes.MapGet("/.well-known/openid-configuration", Discovery);
        routes.MapGet("/.well-known/openid-configuration/jwks", (SigningKeys keys) => Results.Json(keys.Altinn.ToKeySet()));
    }

    private static IResult Token(TokenIssuer issuer, string org = "ttd", string? scope = null, string? orgNumber = null, double? expiresIn = null, string? pid = null, int userId = 20001337)
    {
        var lifetime = expiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : TokenIssuer.Lifetime;
        if (pid is not null)
            return Results.Text(issuer.EndUser(userId, PeopleAndOrganizations.PartyId(pid), string.IsNullOrWhiteSpace(scope) ? EndUserScope : scope, lifetime));
        var number = orgNumber ?? ServiceOwners.NumberOf(org);
        var granted = string.IsNullOrWhiteSpace(scope) ? DefaultScope : scope;
        return Results.Text(issuer.Altinn(org, number, granted, $"sandbox-{org}", lifetime));
    }

    private static IResult Discovery(SandboxAddress address) => Results.Json(new JsonObject
    {
        ["issuer"] = address.Issuer,
        ["jwks_uri"] = address.Issuer + ".well-known/openid-configuration/jwks",
        ["token_endpoint"] = address.Issuer + "token",
        ["response_types_supported"] = new JsonArray("token"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    });
}
