using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class ConditionTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    private string To => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Condition_that_is_met_sends()
    {
        await _owner.UntilCompleted((await Order_with(true)).ShipmentId);

        (await system.Sandbox.Inbox(To)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Condition_that_is_not_met_ends_the_shipment_and_its_reminders_unsent()
    {
        var order = await _owner.Accept((await Body(false)).RemindedAfterDays(1, Order.EmailRecipient(To)));

        await UntilNotMet(order);

        (await _owner.Shipment(order.Reminders[0])).Status.ShouldBe(Shipment.Cancelled);
        (await _owner.WholeFeed()).Select(e => e.Status).ShouldBe([Shipment.SendConditionNotMet, Shipment.Cancelled], ignoreOrder: true);
        (await system.Sandbox.Inbox(To)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Independent_reminder_asks_its_own_condition()
    {
        var reminder = new JsonObject { ["delayDays"] = 1, ["recipient"] = Order.EmailRecipient(To), ["conditionEndpoint"] = await Condition("reminder", true) };
        var order = await _owner.Accept((await Body(false)).With("reminders", new JsonArray(reminder)).With("reminderPolicy", "Independent"));
        await UntilNotMet(order);

        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(1));
        await _owner.UntilCompleted(order.Reminders[0]);
        (await system.Sandbox.Inbox(To)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("500", null, Shipment.Completed)]
    [InlineData("garbage", "Send", Shipment.Completed)]
    [InlineData("500", "Skip", Shipment.SendConditionNotMet)]
    public async Task Condition_without_an_answer_is_asked_once_more_and_then_follows_the_order(string answer, string? onError, string expected)
    {
        var order = await Order_with(answer, answer, onError: onError);
        await UntilAsked(order, times: 1);
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Processing);

        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(60));
        await _owner.UntilShipment(order.ShipmentId, s => s.Status == expected);
        (await system.Sandbox.Inbox(To)).Count.ShouldBe(expected == Shipment.Completed ? 1 : 0);
    }

    [Fact]
    public async Task Answer_to_the_second_question_counts()
    {
        var order = await Order_with("500", false);
        await UntilAsked(order, times: 1);

        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(60));

        await UntilNotMet(order);
    }

    [Fact]
    public async Task Held_back_order_waits_for_an_answer_and_not_for_ever()
    {
        var (held, forgotten) = (await Order_with("500", "500", "500", true, onError: "Hold"), await Order_with(name: "forgotten", answers: ["500"], onError: "Hold"));
        await Eventually.Until("The held order", async () =>
        {
            var shipment = await _owner.Shipment(held.ShipmentId);
            if (shipment.Status == Shipment.Processing)
                await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(5));
            return shipment;
        }, shipment => shipment.Status == Shipment.Completed);

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(48));
        await UntilNotMet(forgotten);
    }

    [Theory]
    [InlineData(true, Shipment.Completed, 1)]
    [InlineData(false, Shipment.SendConditionNotMet, 0)]
    public async Task Condition_is_asked_again_when_a_message_of_the_evening_leaves_in_the_morning(bool answer, string expected, int messages)
    {
        await system.Sandbox.AdvanceClockTo(18);
        var text = $"From {_owner.Creator}";
        var order = await _owner.Accept(Order.Sms("+4799999999", text).With("recipient.recipientSms.smsSettings.sendingTimePolicy", "Daytime")
            .With("conditionEndpoint", await Condition("main", true, answer)));
        await _owner.UntilNotification(order.ShipmentId, "SMS_New");

        await system.Sandbox.AdvanceClockTo(9);
        await _owner.UntilShipment(order.ShipmentId, s => s.Status == expected);
        (await system.Sandbox.Inbox("+4799999999")).Count(m => m.Body == text).ShouldBe(messages);
    }

    [Fact]
    public async Task Order_that_waits_for_its_condition_can_be_cancelled()
    {
        var order = await Order_with("500", true);
        await UntilAsked(order, times: 1);

        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);

        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(2));
        var other = await _owner.OrderEmail($"other.{To}");
        await _owner.UntilCompleted(other.ShipmentId);
        (await system.Sandbox.Inbox(To)).ShouldBeEmpty();
    }

    private async Task<AcceptedOrder> Order_with(object first, object? second = null, object? third = null, object? fourth = null, string? onError = null) =>
        await _owner.Accept((await Body([.. new[] { first, second, third, fourth }.OfType<object>()])).With("conditionOnError", onError));

    private async Task<AcceptedOrder> Order_with(string name, object[] answers, string onError) =>
        await _owner.Accept(Order.Email(To).With("conditionEndpoint", await Condition(name, answers)).With("conditionOnError", onError));

    private async Task<JsonObject> Body(params object[] answers) => Order.Email(To).With("conditionEndpoint", await Condition("main", answers));

    private Task<string> Condition(string name, params object[] answers) => system.Sandbox.Condition($"{_owner.Creator}-{name}", answers);

    private Task<Shipment> UntilNotMet(AcceptedOrder order) => _owner.UntilShipment(order.ShipmentId, s => s.Status == Shipment.SendConditionNotMet);

    private Task<int> UntilAsked(AcceptedOrder order, int times) =>
        Eventually.Until("The unanswered questions", () => system.Ledger.UnansweredQuestions(order.ShipmentId), asked => asked == times);
}
