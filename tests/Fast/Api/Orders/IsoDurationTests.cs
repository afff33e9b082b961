using Notifications.Api.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class IsoDurationTests
{
    [Theory]
    [InlineData("PT1M", 1)]
    [InlineData("PT4H", 240)]
    [InlineData("PT90M", 90)]
    [InlineData("P1D", 1440)]
    [InlineData("P1DT2H3M", 1563)]
    [InlineData("P1W", 10080)]
    [InlineData("P0D", 0)]
    public void Weeks_days_hours_and_minutes_are_read(string text, int minutes) => IsoDuration.Parse(text).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1W2D")]
    [InlineData("PT5S")]
    [InlineData("-P1D")]
    [InlineData("P1.5D")]
    [InlineData("4:00:00")]
    [InlineData("p1d")]
    [InlineData("P1D\n")]
    public void Anything_else_is_not(string text) => IsoDuration.Parse(text).ShouldBeNull();
}
