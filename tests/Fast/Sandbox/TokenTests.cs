using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Notifications.Sandbox;
using Notifications.Sandbox.Tokens;

namespace Notifications.Tests.Fast.Sandbox;

public sealed class TokenTests
{
    private const string Scope = "altinn:serviceowner/notifications.create";
    private readonly SigningKeys keys = new(null);
    private readonly TokenIssuer issuer;

    public TokenTests() => issuer = new TokenIssuer(keys, TimeProvider.System, new SandboxAddress("http://localhost:5095"));

    [Fact]
    public void A_bearer_token_verifies_against_the_published_keys() =>
        Verifies(Token(Scope), keys.Altinn.ToKeySet()).ShouldBeTrue();

    [Fact]
    public void A_token_that_was_changed_does_not_verify()
    {
        var parts = Token(Scope).Split('.');
        parts[1] = Token("altinn:other").Split('.')[1];

        Verifies(string.Join('.', parts), keys.Altinn.ToKeySet()).ShouldBeFalse();
    }

    [Fact]
    public void A_bearer_token_has_the_claims_of_an_exchanged_token()
    {
        var claims = Jws.Read(Token(Scope))!;

        ((string?)claims["iss"]).ShouldBe("http://localhost:5095/");
        ((string?)claims["urn:altinn:org"]).ShouldBe("ttd");
        ((string?)claims["urn:altinn:orgNumber"]).ShouldBe("991825827");
        ((string?)claims["consumer"]!["ID"]).ShouldBe("0192:991825827");
        ((string?)claims["scope"]).ShouldBe(Scope);
        ((long)claims["exp"]! - (long)claims["iat"]!).ShouldBe(3600);
    }

    [Fact]
    public void Without_a_service_owner_scope_there_is_no_org() =>
        Jws.Read(Token("altinn:events.subscribe"))!.ContainsKey("urn:altinn:org").ShouldBeFalse();

    [Fact]
    public void A_platform_token_verifies_against_the_keys_of_its_own_issuer_only()
    {
        var token = issuer.Platform("ttd", "app");
        issuer.Platform("skd", "app");

        Verifies(token, keys.FindPlatform("ttd")!.ToKeySet()).ShouldBeTrue();
        Verifies(token, keys.FindPlatform("skd")!.ToKeySet()).ShouldBeFalse();
        keys.FindPlatform("nav").ShouldBeNull();
    }

    private string Token(string scope) => issuer.Altinn("ttd", "991825827", scope, "sandbox-ttd", TokenIssuer.Lifetime);

    // As a client does it, from the key set alone.
    private static bool Verifies(string token, JsonObject keySet)
    {
        var parts = token.Split('.');
        var kid = (string?)JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"];
        var key = keySet["keys"]!.AsArray().SingleOrDefault(key => (string?)key!["kid"] == kid);
        if (key is null)
            return false;

        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars((string?)key["n"]),
            Exponent = Base64Url.DecodeFromChars((string?)key["e"]),
        });
        return rsa.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
