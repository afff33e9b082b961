using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>Where the keys are found with which apps and components sign platform access tokens.</summary>
internal interface IPlatformKeySource
{
    /// <summary>How long an answer may be remembered.</summary>
    TimeSpan Freshness { get; }

    /// <summary>The keys of an issuer, several while they are being changed; none for an issuer that is not known.</summary>
    /// <exception cref="KeysAwayException">It cannot be said at the moment.</exception>
    Task<IReadOnlyList<SecurityKey>> Of(string issuer, CancellationToken cancellationToken);
}
