using Notifications.Api.Limits;

namespace Notifications.Tests.Fast.Api.Limits;

public sealed class AdmissionTests
{
    [Fact]
    public void Orders_go_straight_until_a_creator_orders_much_at_once_and_others_go_on_going_straight()
    {
        var admission = new Admission(new LimitSettings { StraightOrders = 5 });

        Enumerable.Range(0, 5).ShouldAllBe(_ => !admission.JoinsBacklog("ttd"));
        Enumerable.Range(0, 1000).Count(_ => admission.JoinsBacklog("ttd")).ShouldBeGreaterThan(900);
        admission.JoinsBacklog("skd").ShouldBeFalse();
    }
}
