using Notifications.Consumers.HandOff;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.HandOff;

public sealed class FailureRateTests
{
    private readonly FixedClock _clock = new();

    [Fact]
    public void Ten_failures_in_a_row_are_too_much_once() => Count(25, _ => true).ShouldBe(2);

    [Fact]
    public void Nine_failures_are_not_too_much() => Count(9, _ => true).ShouldBe(0);

    [Fact]
    public void Failures_among_twice_as_many_successes_are_not_too_much() => Count(300, i => i % 3 == 0).ShouldBe(0);

    [Fact]
    public void Failures_far_apart_are_not_too_much()
    {
        var rate = new FailureRate(_clock);
        for (var i = 0; i < 30; i++)
        {
            rate.Count(failed: true).ShouldBeFalse();
            _clock.Now += TimeSpan.FromSeconds(2);
        }
    }

    private int Count(int calls, Func<int, bool> fails)
    {
        var rate = new FailureRate(_clock);
        return Enumerable.Range(0, calls).Count(i => rate.Count(fails(i)));
    }
}
