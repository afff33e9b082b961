using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace Notifications.Api.Access;

/// <summary>Whose signature was checked, and when the token is valid; the time is checked at every request.</summary>
internal sealed record ValidatedToken(ClaimsPrincipal Caller, DateTime? NotBefore, DateTime? Expires);

/// <summary>
/// Remembers for some minutes that a token's signature was good: callers send the same token many times, and checking one costs more than
/// the rest of a request. Tokens themselves are not kept, only their hashes; what one scheme has found is nothing to the other.
/// </summary>
internal sealed class ValidatedTokens : IDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public ValidatedToken? Find(string scheme, string token) => _tokens.Get<ValidatedToken>(Key(scheme, token));

    public void Keep(string scheme, string token, ValidatedToken validated) =>
        _tokens.Set(Key(scheme, token), validated, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Memory, Size = 1 });

    public void Dispose() => _tokens.Dispose();

    private static (string Scheme, string Hash) Key(string scheme, string token) => (scheme, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
}
