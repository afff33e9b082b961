using System.Text;

namespace Notifications.Consumers.Sms;

/// <summary>How long a text is as an SMS (3GPP TS 23.038).</summary>
/// <param name="IsGsm7">Whether the default alphabet holds every character; one that it lacks makes the whole text UCS-2.</param>
/// <param name="Characters">As the text is written.</param>
/// <param name="Parts">Messages that the text is sent as.</param>
public sealed record SmsLength(bool IsGsm7, int Characters, int Parts)
{
    /// <summary>The gateway takes 16 parts of 134 characters, and cuts what is longer.</summary>
    public const int MostParts = 16;
    public const int MostCharacters = 2144;

    private const int Gsm7Alone = 160, Gsm7Part = 153, Ucs2Alone = 70, Ucs2Part = 67;

    public bool Fits => Characters <= MostCharacters && Parts <= MostParts;

    public string Alphabet => IsGsm7 ? "GSM-7" : "UCS-2";

    public static SmsLength Of(string text)
    {
        var sent = Sent(text);
        var gsm7 = Gsm7.CanEncode(sent);
        return new SmsLength(gsm7, sent.Length, gsm7 ? Count(sent, Gsm7.Septets, Gsm7Alone, Gsm7Part) : Count(sent, CodeUnits, Ucs2Alone, Ucs2Part));
    }

    /// <summary>The text as it is sent: with composed characters, as the alphabet holds them, and line breaks of one character.</summary>
    public static string Sent(string text) => Composed(text).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>A text with code points that Unicode keeps from being characters, such as U+FFFE, cannot be composed, and stays as it is.</summary>
    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>What takes two units is not divided between two parts.</summary>
    private static int Count(string text, Func<Rune, int> units, int alone, int part)
    {
        var (total, parts, used) = (0, 1, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var cost = units(rune);
            total += cost;
            if (used + cost > part)
                (parts, used) = (parts + 1, 0);
            used += cost;
        }
        return total <= alone ? 1 : parts;
    }

    private static int CodeUnits(Rune rune) => rune.Utf16SequenceLength;
}
