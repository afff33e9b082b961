using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access;

/// <summary>
/// Maskinporten and Altinn-exchanged tokens: signed with an algorithm that is allowed by name, by a key the issuer publishes, within their
/// lifetime by the host's clock.
/// </summary>
internal sealed class BearerTokens(
    IOptionsMonitor<BearerTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock,
    IConfigurationManager<OpenIdConnectConfiguration> discovery, ValidatedTokens validated) : AuthenticationHandler<BearerTokenOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    private static readonly string[] AllowedAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
    private static readonly JwtSecurityTokenHandler Tokens = new() { InboundClaimTypeMap = new Dictionary<string, string>(StringComparer.Ordinal) };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var token = header["Bearer ".Length..].Trim();
        // Five parts are an encrypted token, which is refused before anything of it is parsed.
        if (token.Count(c => c == '.') != 2 || !Tokens.CanReadToken(token))
            return AuthenticateResult.Fail("The bearer token is not a signed JSON web token.");

        if (validated.Find(token) is { } known)
            return IsAlive(known.NotBefore, known.Expires, clock.GetUtcNow().UtcDateTime) ? Success(known.Caller) : AuthenticateResult.Fail("The bearer token is not valid.");

        OpenIdConnectConfiguration issuer;
        try
        {
            issuer = await discovery.GetConfigurationAsync(Context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            Context.Features.Set(new DiscoveryIsDown());
            return AuthenticateResult.Fail("The issuer's keys cannot be had.");
        }

        try
        {
            return Accept(token, Tokens.ValidateToken(token, Parameters(issuer), out var checkedToken), checkedToken);
        }
        catch (SecurityTokenSignatureKeyNotFoundException)
        {
            discovery.RequestRefresh();
            return AuthenticateResult.Fail("The bearer token is signed with a key that its issuer does not publish.");
        }
        catch (Exception e) when (e is SecurityTokenException or ArgumentException)
        {
            return AuthenticateResult.Fail("The bearer token is not valid.");
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = Context.Features.Get<DiscoveryIsDown>() is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration issuer) => new()
    {
        ValidIssuer = Options.Issuer,
        ValidateAudience = false,
        IssuerSigningKeys = issuer.SigningKeys,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires, clock.GetUtcNow().UtcDateTime),
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, DateTime now) =>
        now < expires && (notBefore is null || now + Options.ClockSkew >= notBefore);

    private AuthenticateResult Accept(string token, ClaimsPrincipal caller, SecurityToken checkedToken)
    {
        if (checkedToken is not JwtSecurityToken jwt || !AllowedAlgorithms.Contains(jwt.Header.Alg, StringComparer.Ordinal) || jwt.Header.ContainsKey("crit"))
            return AuthenticateResult.Fail("The bearer token is signed with an algorithm that is not allowed.");

        validated.Keep(token, new ValidatedToken(caller, jwt.ValidFrom, jwt.ValidTo));
        return Success(caller);
    }

    private AuthenticateResult Success(ClaimsPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme.Name));

    private sealed class DiscoveryIsDown;
}

/// <summary>Settings under <c>Tokens</c>.</summary>
public sealed class BearerTokenOptions : AuthenticationSchemeOptions
{
    public string Issuer { get; set; } = "";

    /// <summary>How far the issuer's clock may run ahead of ours.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);
}
