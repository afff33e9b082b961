using System.Collections.Concurrent;

namespace Notifications.Consumers.Maskinporten;

/// <summary>Tokens by their scopes, each kept until shortly before it expires. One at a time is fetched, and whoever needs another one does not wait for it.</summary>
internal sealed class TokenCache(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset ExpiresAt)> _kept = new(StringComparer.Ordinal);

    public async Task<string> Get(string scope, Func<DateTimeOffset, Task<(string Token, DateTimeOffset ExpiresAt)>> fetch, CancellationToken cancellationToken)
    {
        if (Kept(scope) is { } token)
            return token;

        await _one.WaitAsync(cancellationToken);
        try
        {
            return Kept(scope) ?? (_kept[scope] = await fetch(clock.GetUtcNow())).Token;
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

    private string? Kept(string scope) => _kept.TryGetValue(scope, out var kept) && clock.GetUtcNow() < kept.ExpiresAt - Margin ? kept.Token : null;

    public void Dispose() => _one.Dispose();
}
