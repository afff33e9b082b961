namespace Notifications.Store;

/// <summary>
/// The public holidays of Norway (helligdagsloven § 2 and the act on 1 and 17 May), besides ordinary Sundays. The eves of Christmas, New Year,
/// Easter and Pentecost are none.
/// </summary>
public static class NorwegianHolidays
{
    /// <summary>Days from Easter Sunday: Maundy Thursday to Easter Monday, Ascension Day, Pentecost and the day after it.</summary>
    private static readonly int[] FromEaster = [-3, -2, 0, 1, 39, 49, 50];

    public static bool Contains(DateOnly day) =>
        day is { Month: 1, Day: 1 } or { Month: 5, Day: 1 or 17 } or { Month: 12, Day: 25 or 26 }
        || FromEaster.Contains(day.DayNumber - EasterSunday(day.Year).DayNumber);

    /// <summary>By the anonymous Gregorian computus (Meeus), whose letters these are.</summary>
    public static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var g = (b - ((b + 8) / 25) + 1) / 3;
        var h = ((19 * a) + b - (b / 4) - g + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var days = h + l - (7 * m) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
