using System.Globalization;
using System.Text.RegularExpressions;

namespace Notifications.Api.Wire;

/// <summary>Durations of ISO 8601 in weeks, days, hours and minutes; years and months have no fixed length, and nobody waits for seconds.</summary>
public static partial class IsoDuration
{
    /// <summary>Null for what is not one.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || Duration().Match(text) is not { Success: true } match)
            return null;
        int Part(string name) => match.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new TimeSpan((Part("weeks") * 7) + Part("days"), Part("hours"), Part("minutes"), 0);
    }

    [GeneratedRegex(
        @"\AP(?!\z)(?:(?<weeks>[0-9]{1,4})W|(?:(?<days>[0-9]{1,5})D)?(?:T(?!\z)(?:(?<hours>[0-9]{1,6})H)?(?:(?<minutes>[0-9]{1,8})M)?)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
