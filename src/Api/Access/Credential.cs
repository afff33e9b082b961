using System.Security.Claims;

namespace Notifications.Api.Access;

/// <summary>
/// What one validated credential says. It is made by the scheme that validated it and never from a claim's name alone, so that no issuer
/// can speak for another.
/// </summary>
internal sealed class Credential(string scheme, IEnumerable<Claim> claims) : ClaimsIdentity(claims, scheme)
{
    /// <summary>The short name of the service owner; null when the credential names none.</summary>
    public required string? Creator { get; init; }

    /// <summary>The scopes of a bearer token. A platform access token has none, whatever it claims.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whether it is a platform access token, which an app or a component of the platform made for itself.</summary>
    public bool IsPlatform => AuthenticationType == PlatformTokens.Name;

    public bool Has(string scope) => Scopes.Contains(scope, StringComparer.Ordinal);
}
