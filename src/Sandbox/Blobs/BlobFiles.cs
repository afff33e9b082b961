using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Notifications.Sandbox.Blobs;

/// <summary>The files of every storage account.</summary>
internal sealed class BlobFiles
{
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public void Put(string host, string name, byte[] content) => files[Key(host, name)] = content;

    public byte[]? Find(string host, string name) => files.GetValueOrDefault(Key(host, name));

    public bool Remove(string host, string name) => files.TryRemove(Key(host, name), out _);

    private static string Key(string host, string name) => $"{host.ToUpperInvariant()}/{name}";
}

/// <summary>What makes an address one that its owner signed.</summary>
internal sealed class BlobSignature(string key)
{
    private readonly byte[] secret = Convert.FromBase64String(key);

    public string Of(string host, string name, string expiry, string permissions) => Convert.ToBase64String(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{host.ToUpperInvariant()}\n{name}\n{expiry}\n{permissions}")));
}
