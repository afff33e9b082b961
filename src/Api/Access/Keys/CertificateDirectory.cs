using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Notifications.Api.Access.Keys;

/// <summary>
/// A directory of certificates: <c>ttd.pem</c> and <c>ttd.2027.pem</c> are those of the issuer <c>ttd</c>. Files may be added, replaced and
/// removed at any time.
/// </summary>
internal sealed partial class CertificateDirectory(string directory, TimeProvider clock, ILogger<CertificateDirectory> logger) : IPlatformKeySource
{
    private readonly ConcurrentDictionary<string, (DateTime Written, IReadOnlyList<CertificateKey> Keys)> _read = new(StringComparer.Ordinal);

    /// <summary>The files' times are asked for each time instead.</summary>
    public TimeSpan Freshness => TimeSpan.Zero;

    public Task<IReadOnlyList<SecurityKey>> Of(string issuer, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<IReadOnlyList<SecurityKey>>([.. Directory.EnumerateFiles(directory, $"{issuer}.*").SelectMany(Keys).Where(k => k.IsValid(clock.GetUtcNow())).Select(k => k.Key)]);
        }
        catch (IOException e)
        {
            throw new KeysAwayException(e);
        }
    }

    private IReadOnlyList<CertificateKey> Keys(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        if (_read.TryGetValue(file, out var known) && known.Written == written)
            return known.Keys;

        try
        {
            var keys = CertificateKey.ReadAll(File.ReadAllBytes(file));
            _read[file] = (written, keys);
            return keys;
        }
        catch (CryptographicException e)
        {
            LogUnreadable(Path.GetFileName(file), e.Message);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "{File} in PlatformTokens:Certificates is not a certificate that can be used: {Reason}")]
    private partial void LogUnreadable(string file, string reason);
}
