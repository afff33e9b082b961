using System.Collections.Concurrent;

namespace Notifications.Consumers.Maskinporten;

/// <summary>Tokens by their scopes, each kept until shortly before it expires. One at a time is fetched.</summary>
internal sealed class TokenCache(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset ExpiresAt)> _kept = new(StringComparer.Ordinal);

    public async Task<string> Get(string scope, Func<DateTimeOffset, Task<(string Token, DateTimeOffset ExpiresAt)>> fetch, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_kept.TryGetValue(scope, out var kept) && now < kept.ExpiresAt - Margin)
                return kept.Token;

            return (_kept[scope] = await fetch(now)).Token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The token is not taken any more.</summary>
    public void Forget(string token)
    {
        foreach (var kept in _kept.Where(k => k.Value.Token == token))
            _kept.TryRemove(kept);
    }

    public void Dispose() => _one.Dispose();
}
