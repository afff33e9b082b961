using Notifications.Api.Limits;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Limits;

public sealed class AdmissionTests
{
    private readonly FixedClock _clock = new();
    private readonly Admission _admission;

    public AdmissionTests() => _admission = new Admission(new LimitSettings { StraightOrders = 5 }, _clock);

    [Fact]
    public void A_second_s_worth_goes_straight_at_once_and_others_go_on_going_straight()
    {
        Joining(7, TimeSpan.Zero).ShouldBe([false, false, false, false, false, true, true]);

        _admission.JoinsBacklog("skd").ShouldBeFalse();
    }

    [Fact]
    public void Whoever_orders_no_faster_than_that_goes_straight_for_ever() =>
        Joining(1000, TimeSpan.FromMilliseconds(200)).ShouldAllBe(joins => !joins);

    [Fact]
    public void Whoever_goes_on_ordering_faster_joins_with_everything()
    {
        Joining(1000, TimeSpan.FromMilliseconds(1));

        Joining(1000, TimeSpan.FromMilliseconds(190)).ShouldAllBe(joins => joins);
    }

    [Fact]
    public void Whoever_has_paused_goes_straight_again()
    {
        Joining(1000, TimeSpan.Zero);

        Joining(1, TimeSpan.FromSeconds(1.3)).ShouldBe([false]);
    }

    private bool[] Joining(int orders, TimeSpan apart) =>
        [.. Enumerable.Range(0, orders).Select(_ =>
        {
            _clock.Now += apart;
            return _admission.JoinsBacklog("ttd");
        })];
}
