using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>No source is set: no platform access token is let in.</summary>
internal sealed class NoPlatformKeys : IPlatformKeySource
{
    public TimeSpan Freshness => TimeSpan.FromHours(1);

    public Task<IReadOnlyList<SecurityKey>> Of(string issuer, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SecurityKey>>([]);
}
