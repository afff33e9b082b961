using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Faults;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Instant;

[Collection(BreakableSystemTests.Name)]
public sealed class InstantCrashTests(BreakableSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData("sms", "link", "SMS_Failed_TTL")]
    [InlineData("email", "acs", "Email_Delivered")]
    public async Task Api_that_dies_in_the_call_never_makes_it_two_messages(string route, string provider, string end)
    {
        var to = route == "email" ? $"{_owner.Creator}@example.no" : $"+4795{int.Parse(_owner.Creator["owner".Length..]):000000}";
        var message = InstantMessage.For(route, to);
        await system.RunWorkers(1);
        await system.Sandbox.Fault(provider, "hang", count: 1, about: to);
        var call = _owner.PostInstant(route, message);
        await Eventually.Until("The call that hangs", () => system.Sandbox.FaultLeft(provider), left => left == 0);
        (await system.Ledger.Of(_owner.Creator)).ShouldHaveSingleItem().Outcomes.ShouldBe(["Claimed"]);

        await system.Happen(Fault.Api_is_killed);
        await Should.ThrowAsync<HttpRequestException>(call);
        await system.Sandbox.Fault(provider, "none");
        var again = await Eventually.Until("The same message again", () => _owner.PostInstant(route, message), answer => answer.IsAccepted);

        again.Status.ShouldBe(HttpStatusCode.OK);
        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(61));
        await Eventually.Until("The claim that is given up", () => system.Ledger.Of(_owner.Creator), ledger => ledger is [{ IsUnknown: true }]);
        (await _owner.PostInstant(route, message)).Status.ShouldBe(HttpStatusCode.OK);
        if (route == "sms")
            await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(InstantMessage.TimeToLive));

        (await _owner.UntilCompleted(again.Accepted().ShipmentId)).Notification.ShouldBe(end);
        (await system.Sandbox.Inbox(to)).Count.ShouldBeInRange(route == "email" ? 1 : 0, 1);
    }
}
