using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Apps;

[Collection(SharedSystemTests.Name)]
public sealed class InstanceConditionTests : IAsyncLifetime
{
    private readonly SharedSystem _system;
    private readonly NotificationsDriver _owner;
    private readonly AppInstance _instance;

    public InstanceConditionTests(SharedSystem system)
    {
        _system = system;
        _owner = system.NewOwner();
        _instance = new AppInstance(system.Sandbox, $"{_owner.Creator}/form", partyId: 501337);
    }

    private string To => $"{_owner.Creator}@example.no";

    public Task InitializeAsync() => _instance.In("Task_1");

    public Task DisposeAsync() => _system.Sandbox.Fault("storage", "none");

    [Fact]
    public async Task Reminder_leaves_only_while_the_instance_has_not_left_the_task()
    {
        var order = await _owner.Accept(Order.Email(To).With("instanceCondition", StillInTask())
            .With("reminders", new JsonArray(Reminder(afterDays: 1), Reminder(afterDays: 2))));
        await _owner.UntilCompleted(order.ShipmentId);

        await _system.Sandbox.AdvanceClock(TimeSpan.FromDays(1));
        await _owner.UntilCompleted(order.Reminders[0]);

        await _instance.In("Task_2");
        await _instance.In("Task_1");
        await _system.Sandbox.AdvanceClock(TimeSpan.FromDays(1));
        await UntilNotMet(order.Reminders[1]);
        (await _system.Sandbox.Inbox(To)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Instance_is_looked_at_again_when_a_message_of_the_evening_leaves_in_the_morning()
    {
        await _system.Sandbox.AdvanceClockTo(18);
        var text = $"From {_owner.Creator}";
        var order = await _owner.Accept(Order.Sms("+4799999999", text).With("recipient.recipientSms.smsSettings.sendingTimePolicy", "Daytime")
            .With("instanceCondition", _instance.Condition("Unread")));
        await _owner.UntilNotification(order.ShipmentId, "SMS_New");

        await _instance.Read();
        await _system.Sandbox.AdvanceClockTo(9);
        await UntilNotMet(order.ShipmentId);
        (await _system.Sandbox.Inbox("+4799999999")).ShouldNotContain(m => m.Body == text);
    }

    [Fact]
    public async Task Order_is_held_back_while_storage_is_away()
    {
        var order = await _owner.Accept(Order.Email(To).At(await _system.Sandbox.Now() + TimeSpan.FromHours(1))
            .With("instanceCondition", _instance.Condition("NotSubmitted")).With("conditionOnError", "Hold"));
        await _system.Sandbox.Fault("storage", "500");
        await _system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));
        await Eventually.Until("The unanswered question", () => _system.Ledger.UnansweredQuestions(order.ShipmentId), asked => asked == 1);

        await _system.Sandbox.Fault("storage", "none");
        await _system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(1));
        await _owner.UntilCompleted(order.ShipmentId);
    }

    [Fact]
    public async Task Order_names_an_instance_of_an_app_of_its_creators_own()
    {
        var others = new AppInstance(_system.Sandbox, $"{_owner.Creator}2/form", partyId: 501337);
        await others.In("Task_1");

        (await Refused(others.Condition("Unread"))).ShouldBe(["InstanceCondition.App"]);
        (await Refused(new AppInstance(_system.Sandbox, _instance.App, partyId: 501337).Condition("Unread"))).ShouldBe(["InstanceCondition.InstanceId"]);
        var disguised = others.Condition("Unread");
        disguised["app"] = _instance.App;
        (await Refused(disguised)).ShouldBe(["InstanceCondition.InstanceId"]);

        await _system.Sandbox.Fault("storage", "503");
        (await _owner.Post(Order.Email(To).With("instanceCondition", StillInTask()))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Dry_run_tells_what_the_instance_says_now()
    {
        var order = Order.Email(To).With("instanceCondition", _instance.Condition("StillInTask", "Task_1"));
        (await Foreseen(order)).ShouldBe(["ConditionMet", "Send"]);

        await _instance.Completed();
        (await Foreseen(order)).ShouldBe(["ConditionNotMet", "Send"]);
        (await _owner.WholeFeed()).ShouldBeEmpty();
    }

    private JsonObject StillInTask() => _instance.Condition("StillInTask", "Task_1");

    private JsonObject Reminder(int afterDays) => new() { ["delayDays"] = afterDays, ["recipient"] = Order.EmailRecipient(To), ["instanceCondition"] = StillInTask() };

    private async Task<IReadOnlyList<string>> Refused(JsonObject condition)
    {
        var answer = await _owner.Post(Order.Email(To).With("instanceCondition", condition));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        return answer.Errors();
    }

    private async Task<string?[]> Foreseen(JsonObject order) =>
        [.. (await _owner.Ask(HttpMethod.Post, "future/orders?dryRun=true", order)).Body.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("what").GetString())];

    private Task<Shipment> UntilNotMet(Guid shipmentId) => _owner.UntilShipment(shipmentId, s => s.Status == Shipment.SendConditionNotMet);
}
