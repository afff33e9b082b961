using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>What is wrong between a provider and us costs no recipient a message, and is to be seen.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ProviderPauseTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData("acs", "401")]
    [InlineData("acs", "403")]
    [InlineData("link", "401")]
    public async Task A_provider_that_does_not_know_us_is_waited_for_and_the_alarm_says_so(string target, string mode)
    {
        AcceptedOrder order;
        await system.Sandbox.Fault(target, mode);
        try
        {
            order = target == "acs" ? await _owner.OrderEmail($"{_owner.Creator}@example.no") : await _owner.OrderSms(Mobile);
            await Eventually.Until("The alarm", () => NotificationsDriver.ReadyText(system.Local.ApiUrl), ready => ready.Contains($"{target}: Misconfigured", StringComparison.Ordinal));

            // What brought the alarm may be something that another test has left on the way.
            await Eventually.Until("The message that waits", () => system.Ledger.Of(_owner.Creator), ledger => ledger is [{ State: "New" or "Sending" }]);
        }
        finally
        {
            await system.Sandbox.Fault(target, "none");
        }

        (await _owner.UntilCompleted(order.ShipmentId)).Notification!.ShouldEndWith("_Delivered");
        (await system.Sandbox.Inbox(target == "acs" ? $"{_owner.Creator}@example.no" : Mobile)).Count.ShouldBe(1);
        await Eventually.Until("The end of the alarm", () => NotificationsDriver.ReadyText(system.Local.ApiUrl), ready => !ready.Contains($"{target}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_is_called_too_often_is_not_called_until_it_said()
    {
        AcceptedOrder[] orders;
        await system.Sandbox.Fault("acs", "throttle");
        try
        {
            orders = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _owner.OrderEmail($"{_owner.Creator}.{i}@example.no")));
            await Eventually.Until("The pause", () => NotificationsDriver.ReadyText(system.Local.ApiUrl), ready => ready.Contains("acs: Throttled", StringComparison.Ordinal));
        }
        finally
        {
            await system.Sandbox.Fault("acs", "none");
        }

        foreach (var order in orders)
            (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
    }

    [Fact]
    public async Task Email_without_a_report_ends_as_the_provider_answers_when_it_is_asked()
    {
        var endings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dropped"] = "Email_Failed",
            ["canceled"] = "Email_Failed",
            ["no-report"] = "Email_Succeeded",
            ["unknown-status"] = "Email_Succeeded",
            ["expanded"] = "Email_Succeeded",
        };
        var orders = new List<(string Mailbox, AcceptedOrder Order)>();
        foreach (var mailbox in endings.Keys)
        {
            orders.Add((mailbox, await _owner.OrderEmail($"{mailbox}+{_owner.Creator}@simulator.test")));
            await system.Sandbox.UntilInbox($"{mailbox}+{_owner.Creator}@simulator.test");
        }

        // Moved over a call without its record, the clock would have it made again.
        await Eventually.Until("The record of every call", () => system.Ledger.Of(_owner.Creator), ledger => ledger.All(l => l.Outcomes is ["Accepted"]));
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(11));

        foreach (var (mailbox, order) in orders)
        {
            await _owner.UntilNotification(order.ShipmentId, endings[mailbox]);
            (await system.Sandbox.Inbox($"{mailbox}+{_owner.Creator}@simulator.test")).Single().Attempts.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Messages_of_a_sender_that_the_provider_does_not_know_wait_and_no_others_do()
    {
        var unknown = await _owner.Accept(Order.Email($"{_owner.Creator}@example.no").With("recipient.recipientEmail.emailSettings.senderEmailAddress", "post@unlinked.simulator.test"));
        await Eventually.Until("The alarm", () => NotificationsDriver.ReadyText(system.Local.ApiUrl), ready => ready.Contains("acs for a sender: Misconfigured (400 DomainNotLinked)", StringComparison.Ordinal));

        (await _owner.UntilCompleted((await _owner.OrderEmail($"{_owner.Creator}.2@example.no")).ShipmentId)).Notification.ShouldBe("Email_Delivered");
        (await _owner.Shipment(unknown.ShipmentId)).Notification.ShouldBeOneOf("Email_New", "Email_Sending");

        // What nobody waits for any more is no alarm.
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(49));
        (await _owner.UntilCompleted(unknown.ShipmentId)).Notification.ShouldBe("Email_Failed_TTL");
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(11));
        await Eventually.Until("The end of the alarm", () => NotificationsDriver.HealthOf(system.Local.ApiUrl), health => health.Status == "Healthy");
    }

    [Fact]
    public async Task Email_larger_than_the_provider_takes_fails_as_that()
    {
        var order = await _owner.OrderEmail($"{_owner.Creator}@example.no", new string('x', 10 * 1024 * 1024));

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Failed_PayloadTooLarge");
    }

    private string Mobile => $"+4795{int.Parse(_owner.Creator["owner".Length..]):000000}";
}
