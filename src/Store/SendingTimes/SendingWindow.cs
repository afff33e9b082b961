using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Store;

/// <summary>A span of time in which messages may leave: from its beginning up to, and without, its end.</summary>
public sealed record Opening(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Contains(DateTimeOffset time) => From <= time && time < Until;
}

/// <summary>
/// When messages may leave: some hours of some days of the week, by the clock of a time zone. Everything is counted in local days and then
/// converted, so that a day of 23 or 25 hours moves nothing. A local time that the change to summer time leaves out is the moment of the
/// change; one that comes twice in autumn is its first.
/// </summary>
public sealed record SendingWindow
{
    public const string Oslo = "Europe/Oslo";

    /// <summary>09:00 to 17:00 in Norway, every day of the year.</summary>
    public static readonly SendingWindow Daytime = new() { Weekdays = Enum.GetValues<DayOfWeek>(), OnPublicHolidays = true };

    /// <summary>More days in a row than any window is closed.</summary>
    private const int LongestClosed = 60;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Monday to Friday when nobody says otherwise.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    public TimeOnly From { get; init; } = new(9, 0);

    /// <summary>Midnight means the end of the day.</summary>
    public TimeOnly To { get; init; } = new(17, 0);

    /// <summary>Whether messages may leave on a public holiday of Norway.</summary>
    public bool OnPublicHolidays { get; init; }
    public string TimeZone { get; init; } = Oslo;

    /// <summary>The opening that holds this moment, or the next one after it.</summary>
    public Opening At(DateTimeOffset time)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
        for (var day = first; day < first.AddDays(LongestClosed); day = day.AddDays(1))
        {
            if (!IsOpenOn(day))
                continue;
            var opening = new Opening(Instant(day, From, zone), To == TimeOnly.MinValue ? Instant(day.AddDays(1), To, zone) : Instant(day, To, zone));
            // The change to summer time may swallow a narrow window whole.
            if (opening.From < opening.Until && time < opening.Until)
                return opening;
        }
        throw new InvalidOperationException("A sending window that never opens.");
    }

    /// <summary>
    /// 48 hours by the local clock after the first moment from <paramref name="time"/> on at which a message may leave; longer where that
    /// would not reach the end of the next day on which messages may leave.
    /// </summary>
    public DateTimeOffset Expiry(DateTimeOffset time)
    {
        var opening = At(time);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var local = TimeZoneInfo.ConvertTime(opening.From > time ? opening.From : time, zone).DateTime;
        var expiry = Instant(DateOnly.FromDateTime(local).AddDays(2), TimeOnly.FromDateTime(local), zone);
        var secondChance = At(opening.Until).Until;
        return expiry > secondChance ? expiry : secondChance;
    }

    public string Format() => JsonSerializer.Serialize(this, Json);

    public static SendingWindow Parse(string stored) => JsonSerializer.Deserialize<SendingWindow>(stored, Json)!;

    private bool IsOpenOn(DateOnly day) => Weekdays.Contains(day.DayOfWeek) && (OnPublicHolidays || !NorwegianHolidays.Contains(day));

    private static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            // Transitions are at whole minutes.
            for (local = day.ToDateTime(new TimeOnly(time.Hour, time.Minute)); zone.IsInvalidTime(local);)
                local = local.AddMinutes(1);
        }
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
