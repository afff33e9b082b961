using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;

namespace Notifications.Api.Access;

/// <summary><c>Authorization: Bearer</c> with a token of Maskinporten, or one that Altinn exchanged it for.</summary>
internal sealed class BearerTokens(
    IOptionsMonitor<SignedTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock, ValidatedTokens validated, TokenIssuers issuers)
    : SignedTokens(options, logger, encoder, clock, validated)
{
    public const string Name = "Bearer";

    private const string Prefix = "Bearer ";

    protected override string Given() =>
        Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : "";

    protected override async Task<Signer?> FindSigner(string issuer, string? keyId, CancellationToken cancellationToken) =>
        issuers.Find(issuer) is { } known ? await known.Signer(keyId, cancellationToken) : null;

    protected override Credential Describe(Signer signer, JwtSecurityToken token, IEnumerable<Claim> claims) => new(Name, claims)
    {
        Creator = issuers.Find(signer.Issuer)!.CreatorIn(token),
        Scopes = (token.Text("urn:altinn:scope") ?? token.Text("scope"))?.Split(' ') ?? [],
    };
}
