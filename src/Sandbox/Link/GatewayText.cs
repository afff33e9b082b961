using System.Text;

namespace Notifications.Sandbox.Link;

/// <summary>What the gateway makes of a text: its parts, and where it cuts.</summary>
internal sealed record GatewayText(string Text, int Parts)
{
    private const int MostParts = 16;
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "\f^{}\\[~]|€";
    private static readonly HashSet<char> Gsm = [.. Basic, .. Extended];

    /// <summary>Null when operation 9 does not carry the hexadecimal of UTF-16BE.</summary>
    public static GatewayText? Of(string text, int operation)
    {
        if (operation != 9)
            return Cut(Sendable(text), single: 160, part: 134);

        try
        {
            var bytes = Convert.FromHexString(text);
            return bytes.Length % 2 == 0 ? Cut(Encoding.BigEndianUnicode.GetString(bytes), single: 70, part: 67) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>As the Common interface divides it, which is told the alphabet or finds it by itself.</summary>
    public static GatewayText Of(string text, Encoding? unicode) =>
        unicode is null && text.All(Gsm.Contains) ? Cut(text, single: 160, part: 153) : Cut(text, single: 70, part: 67);

    // What operation 1 does to a letter outside the alphabet is not documented; a question mark is what networks commonly make of it.
    private static string Sendable(string text) => string.Create(text.Length, text, static (sent, given) =>
    {
        for (var index = 0; index < given.Length; index++)
            sent[index] = Gsm.Contains(given[index]) ? given[index] : '?';
    });

    private static GatewayText Cut(string text, int single, int part)
    {
        if (text.Length <= single)
            return new GatewayText(text, 1);
        var sent = text.Length > MostParts * part ? text[..(MostParts * part)] : text;
        return new GatewayText(sent, (sent.Length + part - 1) / part);
    }
}
