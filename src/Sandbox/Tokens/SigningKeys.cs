using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Notifications.Sandbox.Tokens;

/// <summary>One RSA key per issuer, made when first needed and kept in the data directory.</summary>
internal sealed class SigningKeys(string? directory)
{
    private const string AltinnName = "_altinn";
    private const string MaskinportenName = "_maskinporten";

    private readonly ConcurrentDictionary<string, Lazy<SigningKey>> keys = new(StringComparer.Ordinal);

    public SigningKey Altinn => Get(AltinnName);

    public SigningKey Maskinporten => Get(MaskinportenName);

    public SigningKey Platform(string issuer) => Get(issuer);

    /// <summary>Null for an issuer that never had a token, so that asking makes no keys.</summary>
    public SigningKey? FindPlatform(string issuer) =>
        keys.ContainsKey(issuer) || File.Exists(FileOf(issuer)) ? Get(issuer) : null;

    private SigningKey Get(string name) => keys.GetOrAdd(name, key => new Lazy<SigningKey>(() => Load(key))).Value;

    private SigningKey Load(string name)
    {
        var rsa = RSA.Create(2048);
        if (FileOf(name) is not { } file)
            return new SigningKey(rsa);

        if (File.Exists(file))
        {
            rsa.ImportFromPem(File.ReadAllText(file));
            return new SigningKey(rsa);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, rsa.ExportRSAPrivateKeyPem());
        return new SigningKey(rsa);
    }

    private string? FileOf(string name) => directory is null ? null : Path.Combine(directory, "keys", name + ".pem");
}
