using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Time;

[Collection(SharedSystemTests.Name)]
public sealed class ReminderPlanTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    private string To => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Plan_reminds_every_week_until_its_owner_stops_it()
    {
        var order = await _owner.Accept(Order.Email(To).With("reminderPlan", new JsonObject { ["every"] = "P7D", ["max"] = 3, ["recipient"] = Order.EmailRecipient(To, body: "Remember") }));
        order.Reminders.Count.ShouldBe(3);
        await _owner.UntilCompleted(order.ShipmentId);

        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(7));
        await _owner.UntilCompleted(order.Reminders[0]);
        (await system.Sandbox.Inbox(To)).Select(m => m.Body).ShouldBe(["Hello", "Remember"]);

        await _owner.CancelChain(order.OrderId);
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(15));
        await _owner.UntilCompleted((await _owner.OrderEmail($"{_owner.Creator}.other@example.no")).ShipmentId);
        (await system.Sandbox.Inbox(To)).Count.ShouldBe(2);
        (await _owner.WholeFeed()).Where(e => order.Reminders.Contains(e.ShipmentId)).Select(e => e.Status).ShouldBe([Shipment.Completed, Shipment.Cancelled, Shipment.Cancelled]);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Second_notice_of_a_decision_comes_after_a_week_if_it_is_unopened(bool isUnopened, int messages)
    {
        var condition = await system.Sandbox.Condition($"unopened-{_owner.Creator}", [isUnopened]);
        var order = await _owner.Accept(Order.Email(To).With("reminderPlan", new JsonObject { ["preset"] = "SecondNoticeOfDecision", ["conditionEndpoint"] = condition }));
        await _owner.UntilCompleted(order.ShipmentId);

        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(7));
        await _owner.UntilShipment(order.Reminders.ShouldHaveSingleItem(), s => s.Status == (isUnopened ? Shipment.Completed : Shipment.SendConditionNotMet));
        (await system.Sandbox.Inbox(To)).Count.ShouldBe(messages);
    }
}
