using System.Text.Json.Nodes;

namespace Notifications.Sandbox.Tokens;

/// <summary>Makes the tokens of Altinn and Maskinporten, on the sandbox clock.</summary>
internal sealed class TokenIssuer(SigningKeys keys, TimeProvider time, SandboxAddress address)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaskinportenLifetime = TimeSpan.FromSeconds(120);

    public string Altinn(string? org, string orgNumber, string scope, string clientId, TimeSpan lifetime)
    {
        var claims = new JsonObject
        {
            ["scope"] = scope,
            ["token_type"] = "Bearer",
            ["client_id"] = clientId,
            ["consumer"] = Consumer(orgNumber),
        };
        return Exchange(claims, org, orgNumber, lifetime);
    }

    /// <summary>For somebody who has logged in through ID-porten.</summary>
    public string EndUser(int userId, int partyId, string scope, TimeSpan lifetime)
    {
        var claims = new JsonObject
        {
            ["scope"] = scope,
            ["token_type"] = "Bearer",
            ["urn:altinn:userid"] = userId,
            ["urn:altinn:partyid"] = partyId,
            ["urn:altinn:authenticatemethod"] = "BankID",
            ["urn:altinn:authlevel"] = 4,
            ["iss"] = address.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
        };
        Stamp(claims, lifetime, TimeSpan.Zero);
        return Jws.Sign(claims, keys.Altinn);
    }

    /// <summary>The claims of a Maskinporten token as Altinn's exchange changes them.</summary>
    public string Exchange(JsonObject claims, string? org, string orgNumber, TimeSpan lifetime)
    {
        string[] dropped = ["aud", "iss", "client_amr", "sid"];
        foreach (var name in dropped)
            claims.Remove(name);

        // Altinn tests for a substring, so a scope below altinn:serviceowner is enough.
        if (org is not null && ((string?)claims["scope"] ?? "").Contains("altinn:serviceowner", StringComparison.Ordinal))
            claims["urn:altinn:org"] = org;
        claims["urn:altinn:orgNumber"] = orgNumber;
        claims["urn:altinn:authenticatemethod"] = "maskinporten";
        claims["urn:altinn:authlevel"] = 3;
        claims["iss"] = address.Issuer;
        claims["sid"] = Guid.NewGuid().ToString();
        claims["jti"] = Guid.NewGuid().ToString();
        Stamp(claims, lifetime, TimeSpan.Zero);
        return Jws.Sign(claims, keys.Altinn);
    }

    public (string Token, int ExpiresIn) Maskinporten(string orgNumber, string scope, string clientId, JsonNode? resource)
    {
        var claims = new JsonObject
        {
            ["iss"] = address.MaskinportenIssuer,
            ["client_id"] = clientId,
            ["client_amr"] = "private_key_jwt",
            ["scope"] = scope,
            ["consumer"] = Consumer(orgNumber),
            ["token_type"] = "Bearer",
            ["jti"] = Guid.NewGuid().ToString(),
        };
        if (resource is not null)
            claims["aud"] = resource.DeepClone();
        Stamp(claims, MaskinportenLifetime, TimeSpan.Zero);
        return (Jws.Sign(claims, keys.Maskinporten), (int)MaskinportenLifetime.TotalSeconds - 1);
    }

    public string Platform(string issuer, string app)
    {
        var claims = new JsonObject { ["urn:altinn:app"] = app, ["iss"] = issuer, ["aud"] = "platform.altinn.no" };
        Stamp(claims, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(5));
        return Jws.Sign(claims, keys.Platform(issuer));
    }

    private void Stamp(JsonObject claims, TimeSpan lifetime, TimeSpan early)
    {
        var now = time.GetUtcNow();
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["nbf"] = (now - early).ToUnixTimeSeconds();
        claims["exp"] = (now + lifetime).ToUnixTimeSeconds();
    }

    private static JsonObject Consumer(string orgNumber) =>
        new() { ["authority"] = "iso6523-actorid-upis", ["ID"] = "0192:" + orgNumber };
}
