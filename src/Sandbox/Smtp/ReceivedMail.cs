using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Notifications.Sandbox.Inbox;

namespace Notifications.Sandbox.Smtp;

/// <summary>An e-mail as the sink reads it: as much of MIME as shows what was sent.</summary>
internal sealed partial record ReceivedMail(string? Subject, string Body, bool IsHtml, IReadOnlyList<InboxAttachment> Attachments)
{
    public static ReceivedMail Read(string message)
    {
        var (headers, body) = Divide(message);
        var parts = Leaves(headers, body).ToArray();
        var text = parts.LastOrDefault(p => !p.IsFile);
        return new ReceivedMail(
            headers.TryGetValue("subject", out var subject) ? Decoded(subject) : null,
            text is null ? "" : Encoding.UTF8.GetString(text.Content),
            text is { Type: "text/html" },
            [.. parts.Where(p => p.IsFile).Select(p => new InboxAttachment(p.Name, p.Type, p.Content.Length, Convert.ToHexStringLower(SHA256.HashData(p.Content))))]);
    }

    private static IEnumerable<Leaf> Leaves(Dictionary<string, string> headers, string body)
    {
        var type = headers.GetValueOrDefault("content-type", "text/plain");
        if (Boundary().Match(type) is not { Success: true } boundary)
        {
            yield return new Leaf(type.Split(';')[0].Trim(), headers.GetValueOrDefault("content-disposition", ""), Content(headers, body));
            yield break;
        }
        foreach (var part in body.Split("--" + boundary.Groups["value"].Value).Skip(1).TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal)))
        {
            var (inner, content) = Divide(part.TrimStart('\r', '\n'));
            foreach (var leaf in Leaves(inner, content))
                yield return leaf;
        }
    }

    private static (Dictionary<string, string> Headers, string Body) Divide(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Select(l => l.Split(':', 2)).Where(l => l.Length == 2))
            headers[line[0].Trim()] = line[1].Trim();
        return (headers, end < 0 ? "" : text[(end + 4)..]);
    }

    private static byte[] Content(Dictionary<string, string> headers, string body) =>
        headers.GetValueOrDefault("content-transfer-encoding", "").Equals("base64", StringComparison.OrdinalIgnoreCase)
            ? Convert.FromBase64String(body)
            : Encoding.UTF8.GetBytes(body);

    private static string Decoded(string header) => EncodedWord().Replace(BetweenWords().Replace(header, "?==?"), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value)));

    [GeneratedRegex("boundary=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"=\?utf-8\?B\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BetweenWords();

    private sealed record Leaf(string Type, string Disposition, byte[] Content)
    {
        public bool IsFile => Disposition.StartsWith("attachment", StringComparison.OrdinalIgnoreCase);

        public string Name => Uri.UnescapeDataString(Disposition.Split("''", 2) is [_, var name] ? name : "file");
    }
}
