using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Consumers.Maskinporten;
using Notifications.Hosting.Neighbours;
using Notifications.Hosting.Settings;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Maskinporten;

public sealed class MaskinportenTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly FixedClock _clock = new();

    [Fact]
    public void An_assertion_says_who_asks_for_what_and_is_signed()
    {
        using var client = Client();

        var parts = client.Assertion("a scope", _clock.Now).Split('.');

        _key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        Json(parts[0]).GetProperty("kid").GetString().ShouldBe("key-1");
        var claims = Json(parts[1]);
        (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("scope").GetString()).ShouldBe(("client-1", "https://maskinporten.no/", "a scope"));
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBeInRange(1, 120);
        claims.GetProperty("iat").GetInt64().ShouldBe(_clock.Now.ToUnixTimeSeconds());
        claims.GetProperty("jti").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_it_expires()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, """{"access_token":"t","expires_in":119,"token_type":"Bearer"}""");
        using var client = Client();
        using var tokens = new MaskinportenTokens(new Clients(new AssertedCalls(client, _clock) { InnerHandler = handler }), client, _clock);

        (await tokens.Get("s", CancellationToken.None)).ShouldBe("t");
        _clock.Now += TimeSpan.FromSeconds(90);
        await tokens.Get("s", CancellationToken.None);
        handler.Seen.Count.ShouldBe(1);

        _clock.Now += TimeSpan.FromSeconds(10);
        await tokens.Get("s", CancellationToken.None);
        handler.Seen.Count.ShouldBe(2);
        handler.Seen[0].Address.ShouldBe(new Uri("https://maskinporten.no/token"));
        HttpUtility.ParseQueryString(Encoding.UTF8.GetString(handler.Seen[0].Body))["grant_type"].ShouldBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    }

    [Fact]
    public async Task A_call_that_fails_is_repeated_with_an_assertion_of_its_own()
    {
        var calls = 0;
        var handler = new StubHandler(_ => Task.FromResult(++calls == 1
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"access_token":"t","expires_in":119}""") }));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock).AddSingleton<NeighbourBreakers>();
        services.AddMaskinporten(Configuration(), isNeeded: true);
        services.AddHttpClient(MaskinportenTokens.Client).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using var provider = services.BuildServiceProvider();

        (await provider.GetRequiredService<MaskinportenTokens>().Get("s", CancellationToken.None)).ShouldBe("t");
        handler.Seen.Select(call => Claims(call).GetProperty("jti").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "{}")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task Without_a_token_the_condition_is_not_asked(HttpStatusCode status, string body)
    {
        using var client = Client();
        using var tokens = new MaskinportenTokens(new Clients(StubHandler.Answers(status, body)), client, _clock);

        await Should.ThrowAsync<NeighbourAwayException>(() => tokens.Get("s", CancellationToken.None));
    }

    [Theory]
    [InlineData("Issuer")]
    [InlineData("ClientId")]
    [InlineData("KeyId")]
    [InlineData("Key")]
    public void A_setting_that_is_missing_is_named(string name) =>
        Should.Throw<SettingException>(() => Client(name, "")).Message.ShouldContain($"Maskinporten:{name}");

    [Fact]
    public void A_key_that_is_none_is_named() => Should.Throw<SettingException>(() => Client("Key", "not a key")).Message.ShouldContain("Maskinporten:Key");

    public void Dispose() => _key.Dispose();

    private MaskinportenClient Client(string? name = null, string? value = null) => MaskinportenClient.Read(Configuration(name, value), isNeeded: true);

    private IConfiguration Configuration(string? name = null, string? value = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Maskinporten:Issuer"] = "https://maskinporten.no/",
            ["Maskinporten:ClientId"] = "client-1",
            ["Maskinporten:KeyId"] = "key-1",
            ["Maskinporten:Key"] = _key.ExportRSAPrivateKeyPem(),
        };
        if (name is not null)
            settings[$"Maskinporten:{name}"] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private static JsonElement Claims(SeenRequest call) =>
        Json(HttpUtility.ParseQueryString(Encoding.UTF8.GetString(call.Body))["assertion"]!.Split('.')[1]);

    private static JsonElement Json(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));

    private sealed class Clients(HttpMessageHandler handler) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(handler, disposeHandler: false);
    }
}
