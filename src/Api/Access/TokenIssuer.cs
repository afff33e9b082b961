using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Access;

/// <summary>One issuer of bearer tokens: its name, where its keys are found, and how its tokens name the service owner.</summary>
internal sealed class TokenIssuer
{
    private const string OrganizationPrefix = "0192:";

    public required string Issuer { get; init; }

    /// <summary>Null for tokens that name no audience, such as those that Altinn exchanged.</summary>
    public string? Audience { get; init; }

    /// <summary>
    /// Short names by organisation number, for an issuer such as Maskinporten, which knows organisations and not service owners. Empty for
    /// one that names the service owner itself.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Creators { get; init; }

    public required IConfigurationManager<OpenIdConnectConfiguration> Discovery { get; init; }

    public static TokenIssuer Read(IConfiguration configuration, string path)
    {
        var wellKnown = NotificationsSettings.Address(configuration, $"{path}:WellKnown", "the address of the issuer's OpenID configuration");
        return new TokenIssuer
        {
            Issuer = NotificationsSettings.Text(configuration, $"{path}:Issuer", "the issuer of bearer tokens, as their iss claim names it"),
            Audience = configuration[$"{path}:Audience"] is { Length: > 0 } audience ? audience : null,
            Creators = configuration.GetSection($"{path}:Creators").GetChildren().ToDictionary(c => c.Key, c => c.Value ?? "", StringComparer.Ordinal),
            Discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
                wellKnown.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = !wellKnown.IsLoopback })
            {
                RefreshInterval = TimeSpan.FromSeconds(30),
            },
        };
    }

    /// <summary>A key that is not known makes the issuer be asked again, at most every thirty seconds.</summary>
    public async Task<Signer> Signer(string? keyId, CancellationToken cancellationToken)
    {
        var signer = await Signer(cancellationToken);
        if (signer.KeysNamed(keyId).Any())
            return signer;

        Discovery.RequestRefresh();
        return await Signer(cancellationToken);
    }

    public string? CreatorIn(JwtSecurityToken token)
    {
        var creator = Creators.Count == 0 ? token.Text("urn:altinn:org") : Consumer(token) is { } number ? Creators.GetValueOrDefault(number) : null;
        return creator is { Length: > 0 } ? creator : null;
    }

    private async Task<Signer> Signer(CancellationToken cancellationToken)
    {
        try
        {
            return new Signer(Issuer, Audience, (await Discovery.GetConfigurationAsync(cancellationToken)).SigningKeys.ToArray());
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            throw new KeysAwayException(e);
        }
    }

    /// <summary>The organisation number in <c>{"authority":"iso6523-actorid-upis","ID":"0192:…"}</c>.</summary>
    private static string? Consumer(JwtSecurityToken token)
    {
        try
        {
            return token.Text("consumer") is { } consumer
                && JsonSerializer.Deserialize<JsonElement>(consumer) is { ValueKind: JsonValueKind.Object } named
                && named.TryGetProperty("ID", out var id) && id.ValueKind == JsonValueKind.String
                && id.GetString() is { } text && text.StartsWith(OrganizationPrefix, StringComparison.Ordinal)
                ? text[OrganizationPrefix.Length..]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal static class TokenClaims
{
    public static string? Text(this JwtSecurityToken token, string claim) => token.Claims.FirstOrDefault(c => string.Equals(c.Type, claim, StringComparison.Ordinal))?.Value;
}
