using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Notifications.Api.Orders;

/// <summary>
/// A hash per member of a request. It tells whether a repeated idempotency id came with the same content, and if not which members differ,
/// without keeping the content a second time.
/// </summary>
public static class Fingerprint
{
    /// <summary>Members that clients make anew when they repeat a request.</summary>
    private static readonly string[] NotCompared = ["requestedSendTime", "idempotencyId"];

    public static string Of<T>(T request, JsonSerializerOptions options)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(JsonSerializer.SerializeToElement(request, options), "", hashes);
        return JsonSerializer.Serialize(hashes);
    }

    /// <summary>The JSON paths of the members that differ; empty for the same content.</summary>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        var first = JsonSerializer.Deserialize<Dictionary<string, string>>(one)!;
        var second = JsonSerializer.Deserialize<Dictionary<string, string>>(other)!;
        return [.. first.Keys.Union(second.Keys, StringComparer.Ordinal)
            .Where(path => !string.Equals(first.GetValueOrDefault(path), second.GetValueOrDefault(path), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The query of a condition's address, and of a file's, holds a secret of the moment.</summary>
    private static string Compared(string path, string text) =>
        (path.EndsWith("conditionEndpoint", StringComparison.Ordinal) || path.EndsWith("sasUrl", StringComparison.Ordinal)) && text.IndexOf('?', StringComparison.Ordinal) is > 0 and var query ? text[..query] : text;

    private static void Collect(JsonElement value, string path, SortedDictionary<string, string> hashes)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject().Where(m => !NotCompared.Contains(m.Name, StringComparer.Ordinal)))
                    Collect(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", hashes);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Collect(item, $"{path}[{index++}]", hashes);
                break;
            default:
                hashes[path] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Compared(path, value.GetRawText()))).AsSpan(0, 8));
                break;
        }
    }
}
