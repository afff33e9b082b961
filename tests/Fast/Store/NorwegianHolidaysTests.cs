using System.Globalization;
using Notifications.Store;

namespace Notifications.Tests.Fast.Store;

public sealed class NorwegianHolidaysTests
{
    [Theory]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2028-04-16")]
    [InlineData("2029-04-01")]
    [InlineData("2030-04-21")]
    [InlineData("2031-04-13")]
    [InlineData("2032-03-28")]
    [InlineData("2033-04-17")]
    [InlineData("2034-04-09")]
    [InlineData("2035-03-25")]
    [InlineData("2038-04-25")]
    [InlineData("2049-04-18")]
    [InlineData("2076-04-19")]
    [InlineData("2285-03-22")]
    public void Easter_is_when_the_calendar_says(string easter) => NorwegianHolidays.EasterSunday(Day(easter).Year).ShouldBe(Day(easter));

    [Fact]
    public void A_year_has_its_twelve_holidays()
    {
        var holidays = Enumerable.Range(0, 365).Select(n => new DateOnly(2026, 1, 1).AddDays(n)).Where(NorwegianHolidays.Contains);

        holidays.ShouldBe(new[]
        {
            "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
        }.Select(Day));
    }

    [Theory]
    [InlineData("2027-05-17")]
    [InlineData("2032-05-17")]
    [InlineData("2043-05-17")]
    public void Holidays_that_coincide_are_one(string day) => NorwegianHolidays.Contains(Day(day)).ShouldBeTrue();

    [Theory]
    [InlineData("2026-12-24")]
    [InlineData("2026-12-31")]
    [InlineData("2026-04-04")]
    [InlineData("2026-03-29")]
    [InlineData("2026-05-23")]
    public void An_eve_and_Palm_Sunday_are_no_holidays(string day) => NorwegianHolidays.Contains(Day(day)).ShouldBeFalse();

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
