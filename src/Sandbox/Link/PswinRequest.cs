using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Notifications.Sandbox.Link;

/// <summary>One message of a PSWin session. Null means the element was not there.</summary>
internal sealed record PswinMessage(string Id, string Text, string Sender, string Receiver, int? Ttl, int Operation);

/// <summary>The XML a client posts to the gateway.</summary>
internal sealed record PswinRequest(string? Client, string? Password, IReadOnlyList<PswinMessage> Messages)
{
    /// <summary>Null when the bytes are no session.</summary>
    public static PswinRequest? Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        // Older clients end the document with a NUL.
        while (body.Length > 0 && body.Span[^1] == 0)
            body = body[..^1];

        try
        {
            var session = Load(body, contentType).Root;
            return session?.Name.LocalName != "SESSION"
                ? null
                : new PswinRequest(
                    (string?)session.Element("CLIENT"),
                    (string?)session.Element("PW"),
                    [.. session.Elements("MSGLST").Elements("MSG").Select(ToMessage)]);
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            return null;
        }
    }

    // The charset of HTTP wins over the declaration, which the published client gets wrong.
    private static XDocument Load(ReadOnlyMemory<byte> body, string? contentType)
    {
        using TextReader? text = Charset(contentType) is { } charset
            ? new StringReader(Encoding.GetEncoding(charset).GetString(body.Span).TrimStart('\uFEFF'))
            : null;
        using var bytes = new MemoryStream(body.ToArray());
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = text is null ? XmlReader.Create(bytes, settings) : XmlReader.Create(text, settings);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static string? Charset(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media) ? media.CharSet?.Trim('"') : null;

    private static PswinMessage ToMessage(XElement message) => new(
        Value(message, "ID"),
        Value(message, "TEXT"),
        Value(message, "SND"),
        Value(message, "RCV").Trim(),
        Number(message, "TTL"),
        Number(message, "OP") ?? 1);

    private static string Value(XElement message, string name) => (string?)message.Element(name) ?? "";

    private static int? Number(XElement message, string name) =>
        int.TryParse(Value(message, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
