using FsCheck;
using FsCheck.Fluent;
using Notifications.Api.Access;

namespace Notifications.Tests.Fast.Api.Access;

public sealed class TokenTests(TokenWorld world) : IClassFixture<TokenWorld>
{
    private const string Stranger = "stranger";

    /// <summary>By name, the credentials that a caller may show in either place.</summary>
    private string? Token(string? name) => name switch
    {
        null or "" => name,
        "bearer ttd" => world.Bearer(),
        "bearer ttd without scope" => world.Bearer(scope: "altinn:serviceowner/instances.read"),
        "bearer without org" => world.Bearer(org: null),
        "bearer forged" => world.Bearer(key: TestKey.Rsa("altinn")),
        "bearer expired" => world.Bearer(claims: c => c["exp"] = world.Clock.Now.AddSeconds(-1).ToUnixTimeSeconds()),
        "platform ttd" => world.Platform(),
        "platform skd" => world.Platform("skd"),
        "platform platform" => world.Platform("platform"),
        "platform forged" => world.Platform("skd", key: world.KeyOf("ttd")),
        "platform forged by a stranger" => world.Platform("skd", key: TestKey.Rsa("skd")),
        "platform of a stranger" => world.Platform(Stranger, key: TestKey.Rsa(Stranger)),
        _ => name,
    };

    [Theory]
    [InlineData(null, null, "401")]
    [InlineData("bearer ttd", null, "200 ttd")]
    [InlineData("bearer ttd without scope", null, "403")]
    [InlineData("bearer without org", null, "403")]
    [InlineData("bearer forged", null, "401")]
    [InlineData("bearer expired", null, "401")]
    [InlineData("a.b.c", null, "401")]
    [InlineData("", null, "401")]
    [InlineData(null, "platform ttd", "200 ttd app")]
    [InlineData(null, "platform platform", "200 platform")]
    [InlineData(null, "platform forged", "401")]
    [InlineData(null, "platform of a stranger", "401")]
    [InlineData(null, "", "401")]
    [InlineData("bearer ttd", "", "200 ttd")]
    [InlineData("bearer ttd", "garbage", "200 ttd")]
    [InlineData("bearer ttd", "platform ttd", "200 ttd app")]
    [InlineData("bearer ttd", "platform skd", "403")]
    [InlineData("bearer ttd", "platform platform", "403")]
    [InlineData("bearer ttd", "platform forged", "200 ttd")]
    [InlineData("bearer ttd", "platform forged by a stranger", "200 ttd")]
    [InlineData("bearer ttd", "platform of a stranger", "200 ttd")]
    [InlineData("bearer ttd without scope", "platform ttd", "200 ttd app")]
    [InlineData("bearer ttd without scope", "platform skd", "403")]
    [InlineData("bearer ttd without scope", "platform forged", "403")]
    [InlineData("bearer without org", "platform skd", "200 skd app")]
    [InlineData("bearer without org", "platform forged", "403")]
    [InlineData("bearer forged", "platform skd", "200 skd app")]
    [InlineData("bearer expired", "platform skd", "200 skd app")]
    [InlineData("bearer forged", "platform forged", "401")]
    [InlineData("garbage", "platform skd", "200 skd app")]
    public async Task Two_credentials_are(string? bearer, string? platform, string expected) =>
        (await world.Knock(Token(bearer), Token(platform))).ShouldBe(expected);

    [Fact]
    public async Task Neither_scheme_takes_the_others_token()
    {
        var (bearer, platform) = (world.Bearer(), world.Platform());
        (await world.Knock(bearer, platform)).ShouldBe("200 ttd app");

        (await world.Knock(bearer: platform)).ShouldBe("401");
        (await world.Knock(platform: bearer)).ShouldBe("401");
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public async Task An_allowed_algorithm_is(string algorithm)
    {
        var key = world.Keys.First(k => k.Owner == "altinn" && k.Algorithm[0] == (algorithm == "ES256" ? 'E' : 'R'));

        (await world.Knock(world.Bearer(key: key, header: h => h["alg"] = algorithm))).ShouldBe("200 ttd");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS512")]
    [InlineData("ES256")]
    [InlineData("")]
    public async Task Any_other_algorithm_is_refused(string algorithm)
    {
        (await world.Knock(world.Bearer(header: h => h["alg"] = algorithm))).ShouldBe("401");
        (await world.Knock(platform: world.Platform(header: h => h["alg"] = algorithm))).ShouldBe("401");
    }

    [Fact]
    public async Task A_critical_header_that_nobody_knows_is_refused() =>
        (await world.Knock(world.Bearer(header: h => h["crit"] = new System.Text.Json.Nodes.JsonArray("b64")))).ShouldBe("401");

    [Theory]
    [InlineData("another")]
    [InlineData("../../etc")]
    public async Task A_key_that_the_issuer_does_not_have_is_refused(string keyId)
    {
        (await world.Knock(world.Bearer(header: h => h["kid"] = keyId))).ShouldBe("401");
        (await world.Knock(platform: world.Platform(header: h => h["kid"] = keyId))).ShouldBe("401");
        (await world.Knock(world.Bearer(header: h => h.Remove("kid")))).ShouldBe("200 ttd");
    }

    [Fact]
    public async Task An_issuer_that_is_not_ours_is_refused()
    {
        (await world.Knock(world.Bearer(issuer: "https://other.test/"))).ShouldBe("401");
        (await world.Knock(world.Bearer(claims: c => c.Remove("iss")))).ShouldBe("401");
        (await world.Knock(world.Bearer(issuer: TokenWorld.Maskinporten))).ShouldBe("401");
        (await world.Knock(platform: world.Platform("TTD", key: world.KeyOf("ttd")))).ShouldBe("401");
        (await world.Knock(platform: world.Platform("../ttd", key: world.KeyOf("ttd")))).ShouldBe("401");
    }

    [Fact]
    public async Task A_token_without_an_end_is_refused()
    {
        (await world.Knock(world.Bearer(claims: c => c.Remove("exp")))).ShouldBe("401");
        (await world.Knock(platform: world.Platform(claims: c => c.Remove("exp")))).ShouldBe("401");
    }

    [Fact]
    public async Task A_token_ends_by_the_hosts_clock_also_one_that_was_let_in_before()
    {
        var (bearer, platform) = (world.Bearer(), world.Platform());
        (await world.Knock(bearer)).ShouldBe("200 ttd");
        (await world.Knock(platform: platform)).ShouldBe("200 ttd app");

        world.Clock.Now = world.Clock.Now.AddSeconds(311);
        (await world.Knock(bearer)).ShouldBe("401");
        (await world.Knock(platform: platform)).ShouldBe("401");
    }

    [Fact]
    public async Task A_token_that_does_not_hold_yet_is_refused() =>
        (await world.Knock(world.Bearer(claims: c => c["nbf"] = world.Clock.Now.AddSeconds(60).ToUnixTimeSeconds()))).ShouldBe("401");

    [Fact]
    public async Task Five_parts_are_refused() => (await world.Knock($"{world.Bearer()}.a.b")).ShouldBe("401");

    [Theory]
    [InlineData(AccessRegistration.ComposeScope, AccessRegistration.MayCompose, "200 ttd")]
    [InlineData(AccessRegistration.SupportScope, AccessRegistration.MaySupport, "200 ttd")]
    [InlineData(AccessRegistration.CreateScope, AccessRegistration.MayCompose, "403")]
    [InlineData(AccessRegistration.CreateScope, AccessRegistration.MaySupport, "403")]
    [InlineData(AccessRegistration.ComposeScope, AccessRegistration.MayCreate, "403")]
    [InlineData("a b " + AccessRegistration.CreateScope, AccessRegistration.MayCreate, "200 ttd")]
    [InlineData(AccessRegistration.CreateScope + ".x", AccessRegistration.MayCreate, "403")]
    [InlineData("ALTINN:serviceowner/notifications.create", AccessRegistration.MayCreate, "403")]
    public async Task A_scope_opens_its_own_door(string scope, string door, string expected) =>
        (await world.Knock(world.Bearer(scope: scope), door: door)).ShouldBe(expected);

    [Theory]
    [InlineData(AccessRegistration.MayCompose)]
    [InlineData(AccessRegistration.MaySupport)]
    public async Task A_platform_token_opens_only_the_door_to_order(string door)
    {
        var token = world.Platform(claims: c => c["scope"] = $"{AccessRegistration.ComposeScope} {AccessRegistration.SupportScope}");

        (await world.Knock(platform: token, door: door)).ShouldBe("403");
        (await world.Knock(world.Bearer(org: null, scope: AccessRegistration.ComposeScope), token, AccessRegistration.MayCompose)).ShouldBe("403");
    }

    [Fact]
    public async Task A_platform_token_does_not_say_for_whom_it_speaks() =>
        (await world.Knock(platform: world.Platform(claims: c => c["urn:altinn:org"] = "skd"))).ShouldBe("200 ttd app");

    [Theory]
    [InlineData("0192:991825827", "200 ttd")]
    [InlineData("0192:974761076", "403")]
    [InlineData("991825827", "403")]
    public async Task A_maskinporten_token_names_an_organisation(string consumer, string expected) =>
        (await world.Knock(Maskinporten(consumer))).ShouldBe(expected);

    [Fact]
    public async Task A_maskinporten_token_for_somebody_else_is_refused() =>
        (await world.Knock(Maskinporten("0192:991825827", audience: "https://other.test"))).ShouldBe("401");

    [Fact]
    public async Task A_maskinporten_token_does_not_name_the_service_owner_itself() =>
        (await world.Knock(Maskinporten("0192:974761076", org: "skd"))).ShouldBe("403");

    [Fact]
    public async Task Names_that_cannot_be_issuers_are_not_looked_up_and_strangers_not_each_time()
    {
        world.Asked.Clear();
        for (var i = 0; i < 3; i++)
        {
            await world.Knock(platform: world.Platform("nobody-knows", key: TestKey.Rsa("x")));
            await world.Knock(platform: world.Platform("a/b", key: TestKey.Rsa("x")));
        }

        world.Asked.ShouldBe(["nobody-knows"]);
    }

    [Fact]
    public async Task A_key_that_an_issuer_has_changed_to_is_found()
    {
        var before = world.Platform("platform");
        (await world.Knock(platform: before)).ShouldBe("200 platform");

        var changed = TestKey.Rsa("platform");
        world.Keys.Add(changed);
        world.Clock.Now = world.Clock.Now.AddSeconds(31);
        (await world.Knock(platform: world.Platform("platform", key: changed))).ShouldBe("200 platform");
        (await world.Knock(platform: world.Platform("platform", key: TestKey.Rsa("platform")))).ShouldBe("401");
    }

    [Fact]
    public void Whatever_a_token_holds_it_is_let_in_or_not()
    {
        string[] strange = ["null", "true", "1e400", "-1", "99999999999999999999", "[]", "{}", "[null]", "\"\"", "\"x\"", "\"\\u0000\"", "{\"ID\":5}"];
        var tokens =
            from header in Gen.Elements("alg", "kid", "typ", "crit", "x5t", "cty", "zip")
            from claim in Gen.Elements("iss", "exp", "nbf", "iat", "scope", "aud", "consumer", "urn:altinn:org", "urn:altinn:scope")
            from headerValue in Gen.Elements(strange)
            from claimValue in Gen.Elements(strange)
            from spoilsHeader in ArbMap.Default.ArbFor<bool>().Generator
            select spoilsHeader ? Strange("{\"alg\":\"RS256\",", header, headerValue, "{", claim, claimValue) : Strange("{\"alg\":\"RS256\",", "typ", "\"JWT\"", "{\"exp\":99999999999,\"iss\":\"ttd\",", claim, claimValue);

        Prop.ForAll(tokens.ToArbitrary(), token =>
            (world.Knock(token, token).GetAwaiter().GetResult() is var answer && answer[..3] is "200" or "401" or "403").ShouldBeTrue(token))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private string Strange(string header, string headerName, string headerValue, string claims, string claimName, string claimValue) =>
        world.KeyOf("ttd").Sign($"{header}\"{headerName}\":{headerValue}}}", $"{claims}\"{claimName}\":{claimValue}}}", "RS256");

    private string Maskinporten(string consumer, string audience = "https://notifications.test", string? org = null) =>
        world.Bearer(org, key: world.KeyOf("maskinporten"), issuer: TokenWorld.Maskinporten, claims: c =>
        {
            c["aud"] = audience;
            c["consumer"] = new System.Text.Json.Nodes.JsonObject { ["authority"] = "iso6523-actorid-upis", ["ID"] = consumer };
        });
}
