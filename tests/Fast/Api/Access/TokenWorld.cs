using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notifications.Api.Access;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Access;

/// <summary>Issuers with keys of their own, and a host that lets in whom it lets in; each of its doors answers with the creator.</summary>
public sealed class TokenWorld : IAsyncLifetime, IDisposable
{
    public const string Altinn = "https://altinn.test/";
    public const string Maskinporten = "https://maskinporten.test/";
    public const string Create = AccessRegistration.CreateScope;

    private readonly WebApplication _issuers;
    private WebApplication _host = null!;
    private HttpClient _http = null!;

    public TokenWorld()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _issuers = builder.Build();
        _issuers.MapGet("/{issuer}/well-known", (string issuer, HttpRequest r) => Results.Content(
            $$"""{"issuer":"{{issuer}}","jwks_uri":"http://{{r.Host}}/{{issuer}}/keys"}""", "application/json"));
        _issuers.MapGet("/{issuer}/keys", (string issuer) => Results.Content(KeySet(issuer), "application/json"));
        _issuers.MapGet("/platform/{issuer}", (string issuer) =>
        {
            Asked.Add(issuer);
            return Keys.Any(k => k.Owner == issuer) ? Results.Content(KeySet(issuer), "application/json") : Results.NotFound();
        });
    }

    /// <summary>The platform issuers whose keys were asked for.</summary>
    internal List<string> Asked { get; } = [];

    internal List<TestKey> Keys { get; } =
    [
        TestKey.Rsa("altinn"), TestKey.Curve("altinn"), TestKey.Rsa("maskinporten"), TestKey.Rsa("ttd"), TestKey.Rsa("skd"), TestKey.Rsa("platform"),
    ];

    internal FixedClock Clock { get; } = new();

    internal TestKey KeyOf(string owner) => Keys.First(k => k.Owner == owner);

    public async Task InitializeAsync()
    {
        await _issuers.StartAsync();
        var address = _issuers.Urls.Single();
        var builder = WebApplication.CreateSlimBuilder(
        [
            $"--Tokens:Altinn:Issuer={Altinn}", $"--Tokens:Altinn:WellKnown={address}/altinn/well-known",
            $"--Tokens:Maskinporten:Issuer={Maskinporten}", $"--Tokens:Maskinporten:WellKnown={address}/maskinporten/well-known",
            "--Tokens:Maskinporten:Audience=https://notifications.test", "--Tokens:Maskinporten:Creators:991825827=ttd",
            $"--PlatformTokens:KeySets={address}/platform/",
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddAccess(builder.Configuration);
        _host = builder.Build();
        _host.UseAuthentication();
        _host.UseAuthorization();
        foreach (var policy in (string[])[AccessRegistration.MayCreate, AccessRegistration.MayCompose, AccessRegistration.MaySupport])
            _host.MapGet(policy, (HttpContext http) => $"{Creator.Of(http.User)}{(Creator.IsApp(http.User) ? " app" : "")}").RequireAuthorization(policy);
        await _host.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_host.Urls.Single()) };
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync()
    {
        Dispose();
        await _host.DisposeAsync();
        await _issuers.DisposeAsync();
    }

    /// <summary>The status, and after it the creator of a caller who was let in.</summary>
    internal async Task<string> Knock(string? bearer = null, string? platform = null, string door = AccessRegistration.MayCreate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, door);
        if (bearer is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        if (platform is not null)
            request.Headers.TryAddWithoutValidation("PlatformAccessToken", platform);
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? $"200 {body}".Trim() : $"{(int)response.StatusCode}{body}";
    }

    internal string Bearer(string? org = "ttd", string scope = Create, TestKey? key = null, string issuer = Altinn, Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(key ?? KeyOf("altinn"), issuer, c =>
        {
            c["scope"] = scope;
            if (org is not null)
                c["urn:altinn:org"] = org;
            claims?.Invoke(c);
        }, header);

    internal string Platform(string issuer = "ttd", TestKey? key = null, Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(key ?? KeyOf(issuer), issuer, c =>
        {
            c["urn:altinn:app"] = "an-app";
            c["aud"] = "platform.altinn.no";
            claims?.Invoke(c);
        }, header);

    private string Sign(TestKey key, string issuer, Action<JsonObject> claims, Action<JsonObject>? header)
    {
        var now = Clock.Now.ToUnixTimeSeconds();
        var payload = new JsonObject { ["iss"] = issuer, ["nbf"] = now - 5, ["iat"] = now, ["exp"] = now + 300 };
        claims(payload);
        var head = new JsonObject { ["alg"] = key.Algorithm, ["typ"] = "JWT", ["kid"] = key.Id };
        header?.Invoke(head);
        return key.Sign(head, payload);
    }

    private string KeySet(string owner) => new JsonObject { ["keys"] = new JsonArray([.. Keys.Where(k => k.Owner == owner).Select(k => k.ToJsonWebKey())]) }.ToJsonString();
}
