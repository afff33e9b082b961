using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using Notifications.Api.Access.Keys;

namespace Notifications.Api.Access;

/// <summary>
/// The header <c>PlatformAccessToken</c>: Altinn apps and components of the platform sign it with a key of their own, and its issuer is the
/// creator.
/// </summary>
internal sealed class PlatformTokens(
    IOptionsMonitor<SignedTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock, ValidatedTokens validated,
    PlatformKeys keys) : SignedTokens(options, logger, encoder, clock, validated)
{
    public const string Name = "PlatformAccessToken";

    /// <summary>Some clients send an empty one; several at once become one that is not a token.</summary>
    protected override string Given() => Request.Headers[Name].ToString();

    protected override async Task<Signer?> FindSigner(string issuer, string? keyId, CancellationToken cancellationToken) =>
        await keys.Of(issuer, keyId, cancellationToken) is { Count: > 0 } found ? new Signer(issuer, Audience: null, found) : null;

    protected override Credential Describe(Signer signer, JwtSecurityToken token, IEnumerable<Claim> claims) => new(Name, claims) { Creator = signer.Issuer };
}
