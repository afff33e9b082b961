using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Time;

[Collection(SharedSystemTests.Name)]
public sealed class TimeTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Future_order_leaves_at_its_time_and_not_before()
    {
        var to = $"{_owner.Creator}@example.no";
        var order = await _owner.Accept(Order.Email(to).At(await system.Sandbox.Now() + TimeSpan.FromHours(3)));

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(3) - TimeSpan.FromMinutes(2));
        await SomethingElseIsSent();
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Registered);
        (await system.Sandbox.Inbox(to)).ShouldBeEmpty();

        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(2));
        await _owner.UntilCompleted(order.ShipmentId);
        (await system.Sandbox.Inbox(to)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reminder_leaves_after_seven_days_and_not_before()
    {
        var (main, reminder) = ($"{_owner.Creator}@example.no", $"{_owner.Creator}.reminder@example.no");
        var order = await _owner.Accept(Order.Email(main).RemindedAfterDays(7, Order.EmailRecipient(reminder, body: "Remember")));
        var reminded = order.Reminders.ShouldHaveSingleItem();

        await _owner.UntilCompleted(order.ShipmentId);
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(2));
        await SomethingElseIsSent();
        (await _owner.Shipment(reminded)).Status.ShouldBe(Shipment.Registered);
        (await system.Sandbox.Inbox(reminder)).ShouldBeEmpty();

        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(2));
        (await _owner.UntilCompleted(reminded)).Type.ShouldBe("Reminder");
        (await system.Sandbox.Inbox(reminder)).ShouldHaveSingleItem().Body.ShouldBe("Remember");
        (await system.Sandbox.Inbox(main)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Five_hundred_orders_of_one_moment_all_leave_at_it()
    {
        var now = await system.Sandbox.Now();
        var time = now + TimeSpan.FromDays(1);
        for (var i = 0; i < 500; i += 50)
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => _owner.Accept(Order.Email($"{_owner.Creator}.{n}@example.no").At(time))));
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(2));
        await SomethingElseIsSent();
        (await Received(since: now)).ShouldHaveSingleItem().ShouldBe(Other);

        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(2));
        await Eventually.Until("The feed with all of them", () => _owner.WholeFeed(), feed => feed.Count == 501);
        var received = await Received(since: time);
        received.Distinct().Count().ShouldBe(500);
        received.Count.ShouldBe(500);
    }

    /// <summary>The gateway says nothing (20), something nobody knows (13), gives no reference (28), or never takes it (26).</summary>
    [Theory]
    [InlineData("20", "SMS_Accepted", 1)]
    [InlineData("13", "SMS_Accepted", 1)]
    [InlineData("28", "SMS_Accepted", 1)]
    [InlineData("24", "SMS_Sending", 1)]
    [InlineData("26", "SMS_New", 0)]
    public async Task Sms_without_report_expires_after_48_hours(string digits, string meanwhile, int messages)
    {
        var (to, body) = ($"+47400000{digits}", $"From {_owner.Creator}");
        var order = await _owner.OrderSms(to, body);
        await _owner.UntilNotification(order.ShipmentId, meanwhile);

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(47));
        await SomethingElseIsSent();
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldNotBe(Shipment.Completed);

        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));
        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("SMS_Failed_TTL");
        (await system.Sandbox.Inbox(to)).Count(m => m.Body == body).ShouldBe(messages);
    }

    [Fact]
    public async Task Report_that_is_late_still_counts()
    {
        var order = await _owner.OrderSms("+4740000021");
        await _owner.UntilNotification(order.ShipmentId, "SMS_Accepted");

        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(31));
        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("SMS_Delivered");
    }

    private string Other => $"{_owner.Creator}.other@example.no";

    /// <summary>The system has had its chance to send too early.</summary>
    private async Task SomethingElseIsSent() => await _owner.UntilCompleted((await _owner.OrderEmail(Other)).ShipmentId);

    private async Task<IReadOnlyList<string>> Received(DateTimeOffset since) =>
        [.. (await system.Sandbox.InboxSince(since)).Select(m => m.To).Where(to => to.StartsWith($"{_owner.Creator}.", StringComparison.Ordinal))];
}
