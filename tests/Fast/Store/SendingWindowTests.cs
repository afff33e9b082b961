using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Store;

namespace Notifications.Tests.Fast.Store;

public sealed class SendingWindowTests
{
    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");
    private static readonly SendingWindow BusinessDays = new();

    /// <summary>Moments of thirty years, half of them within a day of a change of the clock, of midnight, of a year's end or of a holiday.</summary>
    private static readonly Gen<DateTimeOffset> Moments =
        from anywhere in Gen.Choose(0, 30 * 365 * 24 * 60)
        from isNearEdge in ArbMap.Default.GeneratorFor<bool>()
        from year in Gen.Choose(2024, 2053)
        from edge in Gen.Elements(0, 1, 2, 3, 4)
        from minutes in Gen.Choose(-36 * 60, 36 * 60)
        select isNearEdge ? Edge(edge, year).AddMinutes(minutes) : Utc("2024-01-01T00:00Z").AddMinutes(anywhere);

    private static readonly Gen<SendingWindow> Windows =
        from days in Gen.NonEmptyListOf(Gen.Elements(Enum.GetValues<DayOfWeek>()))
        from hours in Gen.Elements((9, 17), (3, 0), (8, 20), (23, 0), (6, 7))
        from onHolidays in ArbMap.Default.GeneratorFor<bool>()
        from zone in Gen.Elements("Europe/Oslo", "Europe/Oslo", "UTC", "Asia/Kolkata")
        select new SendingWindow { Weekdays = [.. days.Distinct()], From = new(hours.Item1, 0), To = new(hours.Item2, 0), OnPublicHolidays = onHolidays, TimeZone = zone };

    [Theory]
    [InlineData("2026-06-25T10:00Z", "2026-06-25T07:00Z", "2026-06-25T15:00Z")]
    [InlineData("2026-06-25T06:59:59Z", "2026-06-25T07:00Z", "2026-06-25T15:00Z")]
    [InlineData("2026-06-25T07:00Z", "2026-06-25T07:00Z", "2026-06-25T15:00Z")]
    [InlineData("2026-06-25T15:00Z", "2026-06-26T07:00Z", "2026-06-26T15:00Z")]
    [InlineData("2026-06-25T22:30Z", "2026-06-26T07:00Z", "2026-06-26T15:00Z")]
    [InlineData("2026-12-31T23:30Z", "2027-01-01T08:00Z", "2027-01-01T16:00Z")]
    [InlineData("2026-03-28T20:00Z", "2026-03-29T07:00Z", "2026-03-29T15:00Z")]
    [InlineData("2026-10-24T20:00Z", "2026-10-25T08:00Z", "2026-10-25T16:00Z")]
    public void Daytime_is_nine_to_five_in_Norway_on_every_day(string time, string from, string until) =>
        SendingWindow.Daytime.At(Utc(time)).ShouldBe(new Opening(Utc(from), Utc(until)));

    [Theory]
    [InlineData("2026-04-01T16:00Z", "2026-04-07T07:00Z")]
    [InlineData("2026-05-13T16:00Z", "2026-05-15T07:00Z")]
    [InlineData("2026-05-15T16:00Z", "2026-05-18T07:00Z")]
    [InlineData("2027-05-14T16:00Z", "2027-05-18T07:00Z")]
    [InlineData("2026-12-24T17:00Z", "2026-12-28T08:00Z")]
    [InlineData("2026-12-31T17:00Z", "2027-01-04T08:00Z")]
    [InlineData("2026-12-24T10:00Z", "2026-12-24T08:00Z")]
    public void Business_days_leave_out_weekends_and_public_holidays(string time, string from) => BusinessDays.At(Utc(time)).From.ShouldBe(Utc(from));

    [Theory]
    [InlineData("02:30", "04:00", "2026-03-29T00:00Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    [InlineData("02:15", "02:45", "2026-03-29T00:00Z", "2026-03-30T00:15Z", "2026-03-30T00:45Z")]
    [InlineData("02:30", "04:00", "2026-10-25T00:00Z", "2026-10-25T00:30Z", "2026-10-25T03:00Z")]
    [InlineData("00:00", "00:00", "2026-03-29T12:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("00:00", "00:00", "2026-10-25T12:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    public void Hours_that_the_clock_leaves_out_or_repeats_are_counted_once(string from, string to, string time, string opens, string closes)
    {
        var window = SendingWindow.Daytime with { From = TimeOnly.Parse(from, CultureInfo.InvariantCulture), To = TimeOnly.Parse(to, CultureInfo.InvariantCulture) };

        window.At(Utc(time)).ShouldBe(new Opening(Utc(opens), Utc(closes)));
    }

    [Fact]
    public void An_opening_holds_the_moment_or_is_the_next_one() => Prop.ForAll(Windows.ToArbitrary(), Moments.ToArbitrary(), (window, time) =>
    {
        var opening = window.At(time);
        opening.From.ShouldBeLessThan(opening.Until);
        time.ShouldBeLessThan(opening.Until);

        // What an opening says is what a clock on the wall and a calendar say, quarter by quarter.
        for (var t = time; t < opening.Until; t = t.AddMinutes(15))
            IsOpen(window, t).ShouldBe(opening.Contains(t), $"{window} at {t:O}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Every_moment_of_an_opening_has_that_opening() => Prop.ForAll(Windows.ToArbitrary(), Moments.ToArbitrary(), (window, time) =>
    {
        var opening = window.At(time);
        window.At(opening.From).ShouldBe(opening);
        window.At(opening.Until.AddTicks(-1)).ShouldBe(opening);
        window.At(opening.Until).From.ShouldBeGreaterThanOrEqualTo(opening.Until);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("2026-06-25T10:00Z", "2026-06-27T10:00Z")]
    [InlineData("2026-06-25T20:00Z", "2026-06-28T07:00Z")]
    [InlineData("2026-06-25T05:00Z", "2026-06-27T07:00Z")]
    [InlineData("2026-06-25T07:00Z", "2026-06-27T07:00Z")]
    [InlineData("2026-03-27T10:00Z", "2026-03-29T09:00Z")]
    [InlineData("2026-10-23T20:00Z", "2026-10-26T08:00Z")]
    public void A_daytime_message_expires_48_hours_after_it_might_first_leave(string time, string expiry) =>
        SendingWindow.Daytime.Expiry(Utc(time)).ShouldBe(Utc(expiry));

    [Theory]
    [InlineData("2026-11-20T15:30Z", "2026-11-23T16:00Z")]
    [InlineData("2026-11-21T12:00Z", "2026-11-25T08:00Z")]
    public void A_message_is_never_left_with_the_rest_of_one_opening(string time, string expiry) => BusinessDays.Expiry(Utc(time)).ShouldBe(Utc(expiry));

    [Fact]
    public void A_message_has_two_openings_and_about_two_days() => Prop.ForAll(Windows.ToArbitrary(), Moments.ToArbitrary(), (window, time) =>
    {
        var opening = window.At(time);
        var first = opening.From > time ? opening.From : time;
        var expiry = window.Expiry(time);
        expiry.ShouldBeGreaterThanOrEqualTo(first.AddHours(47));
        expiry.ShouldBeGreaterThanOrEqualTo(window.At(opening.Until).Until);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_window_is_stored_and_read() =>
        Prop.ForAll(Windows.ToArbitrary(), window => SendingWindow.Parse(window.Format()).Format() == window.Format()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null, nameof(Channel.Sms), false)]
    [InlineData("Daytime", nameof(Channel.Sms), true)]
    [InlineData("Daytime", nameof(Channel.Email), false)]
    [InlineData("{}", nameof(Channel.Sms), true)]
    [InlineData("{}", nameof(Channel.Email), true)]
    public void Daytime_holds_back_SMS_and_a_window_of_the_orders_own_holds_back_everything(string? stored, string channel, bool isHeld) =>
        (SendingTimes.Window(stored, Channel.Named(channel)) is not null).ShouldBe(isHeld);

    private static bool IsOpen(SendingWindow window, DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(window.TimeZone)).DateTime;
        var day = DateOnly.FromDateTime(local);
        return window.Weekdays.Contains(day.DayOfWeek) && (window.OnPublicHolidays || !NorwegianHolidays.Contains(day))
            && TimeOnly.FromDateTime(local) >= window.From && (window.To == TimeOnly.MinValue || TimeOnly.FromDateTime(local) < window.To);
    }

    private static DateTimeOffset Edge(int edge, int year)
    {
        var day = edge switch
        {
            0 => LastSunday(year, 3),
            1 => LastSunday(year, 10),
            2 => new DateTime(year, 12, 31),
            3 => NorwegianHolidays.EasterSunday(year).ToDateTime(TimeOnly.MinValue),
            _ => new DateTime(year, 5, 17),
        };
        return new DateTimeOffset(day, Oslo.GetUtcOffset(day));
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(int)last.DayOfWeek);
    }

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
