using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>
/// Remembers keys, and that an issuer has none, since anybody may name any issuer. A key that is not among those remembered makes its
/// source be asked again, but not all the time.
/// </summary>
internal sealed partial class PlatformKeys(IPlatformKeySource source, TimeProvider clock) : IDisposable
{
    /// <summary>How long it is left at what is known, also when it does not help.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public async Task<IReadOnlyList<SecurityKey>> Of(string issuer, string? keyId, CancellationToken cancellationToken)
    {
        if (!IssuerName().IsMatch(issuer))
            return [];

        var known = _known.Get<KnownKeys>(issuer);
        if (known is not null && clock.GetUtcNow() - known.AskedAt < (known.Helps(keyId) ? source.Freshness : Min(Pause, source.Freshness)))
            return known.Keys;

        try
        {
            var keys = await source.Of(issuer, cancellationToken);
            _known.Set(issuer, new KnownKeys(keys, clock.GetUtcNow()), new MemoryCacheEntryOptions { Size = 1 });
            return keys;
        }
        catch (KeysAwayException) when (known is { Keys.Count: > 0 })
        {
            return known.Keys;
        }
    }

    public void Dispose() => _known.Dispose();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IssuerName();

    private sealed record KnownKeys(IReadOnlyList<SecurityKey> Keys, DateTimeOffset AskedAt)
    {
        public bool Helps(string? keyId) => Keys.Any(k => keyId is null || string.Equals(k.KeyId, keyId, StringComparison.OrdinalIgnoreCase));
    }
}
