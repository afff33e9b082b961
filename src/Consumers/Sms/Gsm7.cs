namespace Notifications.Consumers.Sms;

/// <summary>The default alphabet of SMS (3GPP TS 23.038) with its extension table.</summary>
public static class Gsm7
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "\f^{}\\[~]|€";

    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(Basic + Extended);

    private static readonly System.Buffers.SearchValues<char> TwoSeptets = System.Buffers.SearchValues.Create(Extended);

    /// <summary>What a character of the alphabet takes; the extension table is reached by an escape.</summary>
    public static int Septets(System.Text.Rune character) => character.IsBmp && TwoSeptets.Contains((char)character.Value) ? 2 : 1;

    public static bool CanEncode(string text) => text.AsSpan().IndexOfAnyExcept(Alphabet) < 0;
}
