namespace Notifications.Sagas;

/// <summary>In which of the languages that a text is written in somebody is told.</summary>
public static class ReaderLanguage
{
    public const string Bokmal = "nb";
    public const string Nynorsk = "nn";
    public const string English = "en";
    public const string NorthernSami = "se";

    public static readonly IReadOnlyList<string> All = [Bokmal, Nynorsk, English, NorthernSami];

    /// <summary>Null when it is written in none that the reader reads, or their language is not known: the text's own is for them.</summary>
    /// <param name="written">The languages that there is a text in.</param>
    /// <param name="reader">As the contact register has it, such as <c>nn</c> or <c>nb-NO</c>.</param>
    public static string? Choose(IEnumerable<string> written, string? reader)
    {
        var there = written as IReadOnlyCollection<string> ?? [.. written];
        return Reads(reader).FirstOrDefault(language => there.Contains(language, StringComparer.Ordinal));
    }

    /// <summary>What somebody reads, the language they would rather read first. Whoever reads one of the Norwegian languages reads the other.</summary>
    private static string[] Reads(string? reader) => reader?.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "NB" or "NO" => [Bokmal, Nynorsk],
        "NN" => [Nynorsk, Bokmal],
        "SE" => [NorthernSami, Bokmal, Nynorsk],
        "EN" => [English],
        _ => [],
    };
}
