using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access;

/// <summary>
/// What both schemes do with a token: it must be signed, with an algorithm that is allowed by name, by a key of its issuer, and within its
/// lifetime by the host's clock.
/// </summary>
internal abstract class SignedTokens(
    IOptionsMonitor<SignedTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock, ValidatedTokens validated)
    : AuthenticationHandler<SignedTokenOptions>(options, logger, encoder)
{
    private static readonly string[] AllowedAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
    private static readonly JwtSecurityTokenHandler Tokens = new() { InboundClaimTypeMap = new Dictionary<string, string>(StringComparer.Ordinal) };

    /// <summary>The token of the request; empty when it has none.</summary>
    protected abstract string Given();

    /// <summary>The issuer that an unchecked token names, with the keys that may have signed it; null when it is nobody we know.</summary>
    protected abstract Task<Signer?> FindSigner(string issuer, string? keyId, CancellationToken cancellationToken);

    protected abstract Credential Describe(Signer signer, JwtSecurityToken token, IEnumerable<Claim> claims);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Given() is not { Length: > 0 } token)
            return AuthenticateResult.NoResult();
        if (validated.Find(Scheme.Name, token) is { } known)
            return IsAlive(known.NotBefore, known.Expires) ? Success(known.Caller) : Invalid();
        if (Read(token) is not { } unproven)
            return Invalid();

        try
        {
            return await FindSigner(unproven.Issuer, unproven.Header.Kid, Context.RequestAborted) is { } signer
                ? Accept(token, signer, Tokens.ValidateToken(token, Rules(signer), out var checkedToken), (JwtSecurityToken)checkedToken)
                : Invalid();
        }
        catch (KeysAwayException)
        {
            Context.Features.Set(new KeysAreAway());
            return AuthenticateResult.Fail("The issuer's keys cannot be had.");
        }
        catch (Exception e) when (IsAboutTheToken(e))
        {
            return Invalid();
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = Context.Features.Get<KeysAreAway>() is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    /// <summary>Five parts are an encrypted token, which is refused before anything of it is parsed.</summary>
    private static JwtSecurityToken? Read(string token)
    {
        if (token.Count(c => c == '.') != 2 || !Tokens.CanReadToken(token))
            return null;
        try
        {
            var read = Tokens.ReadJwtToken(token);
            return AllowedAlgorithms.Contains(read.Header.Alg, StringComparer.Ordinal) && !read.Header.ContainsKey("crit") ? read : null;
        }
        catch (Exception e) when (IsAboutTheToken(e))
        {
            return null;
        }
    }

    /// <summary>What the library throws at a token that is not what it should be, the last three where a claim has an unexpected type or size.</summary>
    private static bool IsAboutTheToken(Exception e) =>
        e is SecurityTokenException or ArgumentException or FormatException or OverflowException or InvalidCastException;

    private TokenValidationParameters Rules(Signer signer) => new()
    {
        ValidIssuer = signer.Issuer,
        ValidateAudience = signer.Audience is not null,
        ValidAudience = signer.Audience,
        // A key that the token names must be that one.
        IssuerSigningKeyResolver = (_, _, keyId, _) => signer.KeysNamed(keyId),
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now < expires + Options.Grace && (notBefore is null || now + Options.ClockSkew >= notBefore);
    }

    private AuthenticateResult Accept(string token, Signer signer, ClaimsPrincipal claimed, JwtSecurityToken checkedToken)
    {
        var caller = new ClaimsPrincipal(Describe(signer, checkedToken, claimed.Claims));
        validated.Keep(Scheme.Name, token, new ValidatedToken(caller, checkedToken.ValidFrom, checkedToken.ValidTo));
        return Success(caller);
    }

    private AuthenticateResult Success(ClaimsPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme.Name));

    private static AuthenticateResult Invalid() => AuthenticateResult.Fail("The token is not valid.");

    private sealed class KeysAreAway;
}

/// <summary>An issuer with its keys of the moment.</summary>
internal sealed record Signer(string Issuer, string? Audience, IReadOnlyCollection<SecurityKey> Keys)
{
    /// <summary>All of them for a token that names none.</summary>
    public IEnumerable<SecurityKey> KeysNamed(string? keyId) =>
        string.IsNullOrEmpty(keyId) ? Keys : Keys.Where(k => string.Equals(k.KeyId, keyId, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The keys of an issuer cannot be had at the moment: neither the token nor its bearer is to blame.</summary>
internal sealed class KeysAwayException(Exception cause) : Exception("The issuer's keys cannot be had.", cause);

/// <summary>How far clocks may differ.</summary>
internal sealed class SignedTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>How far the issuer's clock may run ahead of ours.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a token is taken after it has expired.</summary>
    public TimeSpan Grace { get; set; }
}
