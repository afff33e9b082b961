using System.Globalization;
using System.Text.Json;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>Something that is filled in, as each language writes it.</summary>
internal sealed record TokenValue(Func<string, string> In)
{
    private const int LongestText = 10_000;

    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById(SendingWindow.Oslo);

    private static readonly string[] NorwegianMonths =
        ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"];

    public static readonly TokenValue Nothing = new(_ => "");

    /// <summary>Null when it is not what the type says; <paramref name="wanted"/> is then what would be.</summary>
    public static TokenValue? Of(TokenType type, JsonElement value, out string wanted)
    {
        (wanted, var read) = type switch
        {
            TokenType.Number => ("Give a number.", Number(value)),
            TokenType.Date => ("Give a day such as 2026-05-17.", Date(value)),
            TokenType.DateTime => ("Give a time with a zone, such as 2026-05-17T12:00:00Z.", Time(value)),
            TokenType.Link => ("Give an address that begins with https://.", Link(value)),
            _ => ($"Give a text of at most {LongestText} characters.", Text(value)),
        };
        return read;
    }

    private static TokenValue? Text(JsonElement value) =>
        Given(value) is { Length: <= LongestText } text && !text.Contains('\0', StringComparison.Ordinal) ? new TokenValue(_ => text) : null;

    private static TokenValue? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
        ? new TokenValue(language => number.ToString(CultureInfo.InvariantCulture).Replace(".", language == ReaderLanguage.English ? "." : ",", StringComparison.Ordinal))
        : null;

    private static TokenValue? Date(JsonElement value) =>
        DateOnly.TryParseExact(Given(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? new TokenValue(language => Written(date, language)) : null;

    private static TokenValue? Time(JsonElement value)
    {
        if (Given(value) is not { } text || !System.DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var given) || given.Kind == DateTimeKind.Unspecified)
            return null;

        var local = TimeZoneInfo.ConvertTime(new DateTimeOffset(given.ToUniversalTime()), Oslo).DateTime;
        return new TokenValue(language => $"{Written(DateOnly.FromDateTime(local), language)} {local.ToString(
            language == ReaderLanguage.English ? "'at' HH:mm" : language == ReaderLanguage.NorthernSami ? "HH:mm" : "'kl.' HH.mm", CultureInfo.InvariantCulture)}");
    }

    private static TokenValue? Link(JsonElement value) =>
        Given(value) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps && link.IsWellFormedOriginalString() ? new TokenValue(_ => text) : null;

    private static string? Given(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Written(DateOnly date, string language) => language switch
    {
        ReaderLanguage.English => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        ReaderLanguage.NorthernSami => date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
        _ => $"{date.Day}. {NorwegianMonths[date.Month - 1]} {date.Year.ToString(CultureInfo.InvariantCulture)}",
    };
}
