using FsCheck;
using FsCheck.Fluent;

namespace Notifications.Tests.Fast.Wire;

/// <summary>What a broken or hostile neighbour may send in place of a good text.</summary>
internal static class Mutilated
{
    private static readonly string[] Pieces =
    [
        "\0", "\u0001", "\u00ff", "\ud800", "\ufffe", "\ufeff", "&", "&#0;", "&#xD800;", "&x;", "<", ">", "<a>", "</MSG>", "<!DOCTYPE x [<!ENTITY x \"y\">]>", "<![CDATA[", "<!--", "<?xml?>",
        "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", "null", "true", "-1", "1e999", ",", ":", "999999999999999999999", "\r\n", "\u202e", "😀", "æøå",
        new('x', 3000), string.Concat(Enumerable.Repeat("[", 300)), string.Concat(Enumerable.Repeat("<a>", 5000)), string.Concat(Enumerable.Repeat("{\"a\":", 300)),
    ];

    /// <summary>The good texts with pieces cut out, doubled, put in and put in place of others; and sometimes no text at all.</summary>
    public static Arbitrary<byte[]> From(params string[] good)
    {
        var wounded =
            from text in Gen.Elements(good)
            from wounds in Gen.Choose(1, 4)
            from places in Gen.Choose(0, 10_000).ArrayOf(wounds * 2)
            from pieces in Gen.Elements(Pieces).ArrayOf(wounds)
            from kinds in Gen.Choose(0, 3).ArrayOf(wounds)
            select System.Text.Encoding.UTF8.GetBytes(Enumerable.Range(0, wounds).Aggregate(text, (t, i) => Wound(t, kinds[i], places[2 * i], places[(2 * i) + 1], pieces[i])));
        var noise = from length in Gen.Choose(0, 200) from bytes in Gen.Choose(0, 255).ArrayOf(length) select bytes.Select(b => (byte)b).ToArray();
        return Gen.Frequency((8, wounded), (1, noise)).ToArbitrary();
    }

    private static string Wound(string text, int kind, int from, int length, string piece)
    {
        var start = text.Length == 0 ? 0 : from % text.Length;
        var end = Math.Min(text.Length, start + (length % 40));
        return kind switch
        {
            0 => text[..start] + text[end..],
            1 => text[..end] + text[start..],
            2 => text[..start] + piece + text[start..],
            _ => text[..start] + piece + text[end..],
        };
    }
}
