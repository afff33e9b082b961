using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace Notifications.Sandbox.Tokens;

/// <summary>Maskinporten and Altinn's exchange of its tokens. Any client is known here, so assertions are read but not verified.</summary>
internal static class MaskinportenEndpoints
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    public static void MapMaskinporten(this IEndpointRouteBuilder routes)
    {
        var maskinporten = routes.MapGroup("/maskinporten");
        maskinporten.MapPost("/token", Token).DisableAntiforgery();
        maskinporten.MapGet("/jwk", (SigningKeys keys) => Results.Json(keys.Maskinporten.ToKeySet()));
        maskinporten.MapGet("/.well-known/oauth-authorization-server", Metadata);
        maskinporten.MapGet("/.well-known/openid-configuration", Metadata);
        routes.MapGet("/authentication/api/v1/exchange/{provider}", Exchange);
    }

    private static IResult Metadata(SandboxAddress address) => Results.Json(new JsonObject
    {
        ["issuer"] = address.MaskinportenIssuer,
        ["token_endpoint"] = address.MaskinportenIssuer + "token",
        ["jwks_uri"] = address.MaskinportenIssuer + "jwk",
        ["grant_types_supported"] = new JsonArray(JwtBearer),
        ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray("RS256", "RS384", "RS512"),
    });

    private static IResult Token(
        [FromForm(Name = "grant_type")] string? grantType,
        [FromForm] string? assertion,
        TokenIssuer issuer,
        UsedAssertions used,
        TimeProvider time)
    {
        if (grantType != JwtBearer)
            return Refuse("unsupported_grant_type", "grant_type must be " + JwtBearer);
        if (assertion is null || Jws.Read(assertion) is not { } claims)
            return Refuse("invalid_grant", "the assertion is no JWT");
        if (Text(claims, "iss") is not { } client || Text(claims, "scope") is not { } scope || Text(claims, "jti") is not { } id)
            return Refuse("invalid_grant", "the assertion needs iss, scope and jti");
        if (Moment(claims, "iat") is not { } issued || Moment(claims, "exp") is not { } expires || expires - issued > TimeSpan.FromSeconds(120))
            return Refuse("invalid_grant", "the assertion must expire at most 120 seconds after iat");
        if (time.GetUtcNow() > expires + Skew || time.GetUtcNow() < issued - Skew)
            return Refuse("invalid_grant", "the assertion is outside its lifetime");
        if (!used.Use(id, expires + Skew))
            return Refuse("invalid_grant", "the assertion was used before");

        var (token, expiresIn) = issuer.Maskinporten(ConsumerOf(claims, client), scope, client, claims["resource"]);
        return Results.Json(new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["expires_in"] = expiresIn,
            ["scope"] = scope,
        });
    }

    private static IResult Exchange(string provider, HttpContext context, TokenIssuer issuer, SigningKeys keys, TimeProvider time, SandboxAddress address, bool test = false)
    {
        if (provider != "maskinporten")
            return Results.Text("Invalid token provider: " + provider, statusCode: 400);
        if (context.Request.Headers.ContainsKey("X-Altinn-EnterpriseUser-Authentication"))
            return Results.StatusCode(410);

        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || Jws.Verify(authorization["Bearer ".Length..].Trim(), keys.Maskinporten) is not { } claims
            || Text(claims, "iss") != address.MaskinportenIssuer
            || Moment(claims, "exp") is not { } expires
            || time.GetUtcNow() > expires + Skew)
        {
            return Results.Unauthorized();
        }

        var orgNumber = ((string?)claims["consumer"]?["ID"] ?? "").Split(':')[^1];
        var token = issuer.Exchange(claims, ServiceOwners.NameOf(orgNumber, test), orgNumber, TimeSpan.FromMinutes(30));
        return context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? Results.Json(token)
            : Results.Text(token);
    }

    private static string ConsumerOf(JsonObject claims, string client)
    {
        if (Text(claims, "consumer_org") is { } consumer)
            return consumer;
        return client.Length == 9 && client.All(char.IsAsciiDigit) ? client : ServiceOwners.NumberOf(client.Replace("sandbox-", "", StringComparison.Ordinal));
    }

    private static string? Text(JsonObject claims, string name) =>
        claims[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static DateTimeOffset? Moment(JsonObject claims, string name) =>
        claims[name] is JsonValue value && value.TryGetValue<long>(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static IResult Refuse(string error, string description) => Results.Json(
        new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode: 400);
}
