using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

/// <summary>A person is to be told by e-mail, and has a mobile number too.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class FallbackTests(SharedSystem system)
{
    private static int _persons;
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _person = Interlocked.Increment(ref _persons);

    private string Number => $"{_person:00000}562345";

    private string Mobile => $"+47966{_person:00000}";

    private string Email(string fate) => $"{fate}+{_owner.Creator}@simulator.test";

    [Fact]
    public async Task Email_that_bounces_is_followed_by_an_SMS()
    {
        var order = await OrderTo("bounced", Order.Person(Number, "EmailPreferred", body: "You have a letter, $recipientName$"));

        await ShouldEnd(order, "Email_Failed_Bounced", "SMS_Delivered");
        (await system.Sandbox.Inbox(Email("bounced"))).Count.ShouldBe(1);
        (await system.Sandbox.Inbox(Mobile)).ShouldHaveSingleItem().Body.ShouldBe("You have a letter, Ada Nordmann");
    }

    [Fact]
    public async Task SMS_that_is_barred_is_followed_by_an_email()
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", Email("delivered"), "+4740000005");

        await ShouldEnd(await _owner.OrderPerson(Number, "SmsPreferred"), "SMS_Failed_BarredReceiver", "Email_Delivered");
        (await system.Sandbox.Inbox(Email("delivered"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Order_that_falls_back_only_on_a_missing_address_ends_with_the_bounce()
    {
        var order = await OrderTo("bounced", Order.Person(Number, "EmailPreferred").With("fallback", "OnMissingAddress"));

        await ShouldEnd(order, "Email_Failed_Bounced");
        (await system.Sandbox.Inbox(Mobile)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Email_without_a_report_is_followed_by_an_SMS_in_time_and_its_late_report_by_nothing()
    {
        await system.Sandbox.Fault("acs", "none", reportDelayMs: 6 * 3600 * 1000);
        try
        {
            var order = await OrderTo("delivered", Order.Person(Number, "EmailPreferred").With("fallbackAfter", "PT4H"));
            await system.Sandbox.UntilInbox(Email("delivered"));

            await system.Sandbox.AdvanceClock(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(2));
            await SomethingElseIsSent();
            (await system.Sandbox.Inbox(Mobile)).ShouldBeEmpty();

            await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(2));
            await system.Sandbox.UntilInbox(Mobile);
            await _owner.UntilShipment(order.ShipmentId, s => s.Recipients.Any(r => r.Status == "SMS_Delivered"));
            (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Processed, "The e-mail may still be delivered.");

            await system.Sandbox.AdvanceClock(TimeSpan.FromHours(2));
            await ShouldEnd(order, "Email_Delivered", "SMS_Delivered");
            ((await system.Sandbox.Inbox(Email("delivered"))).Count, (await system.Sandbox.Inbox(Mobile)).Count).ShouldBe((1, 1));
        }
        finally
        {
            await system.Sandbox.Fault("acs", "none", reportDelayMs: 0);
        }
    }

    /// <summary>The first version has no word for it: what it prefers was always only the first of the two.</summary>
    [Fact]
    public async Task Order_of_the_first_version_falls_back_too()
    {
        await system.Sandbox.BeDaytime();
        var order = await _owner.V1.Accept("orders", new JsonObject
        {
            ["notificationChannel"] = "EmailPreferred",
            ["emailTemplate"] = new JsonObject { ["subject"] = "s", ["body"] = "b" },
            ["smsTemplate"] = new JsonObject { ["body"] = "b" },
            ["recipients"] = new JsonArray(new JsonObject { ["emailAddress"] = Email("bounced"), ["mobileNumber"] = Mobile }),
        });

        await _owner.UntilCompleted(order);
        (await system.Sandbox.Inbox(Mobile)).Count.ShouldBe(1);
    }

    private async Task<AcceptedOrder> OrderTo(string fate, JsonObject order)
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", Email(fate), Mobile);
        return await _owner.Accept(order);
    }

    private async Task ShouldEnd(AcceptedOrder order, params string[] endings)
    {
        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        shipment.Recipients.Select(r => r.Status).ShouldBe(endings, ignoreOrder: true);
        (await _owner.WholeFeed()).Where(e => e.ShipmentId == order.ShipmentId).ShouldHaveSingleItem().Recipients.Select(r => r.Status).ShouldBe(endings, ignoreOrder: true);
    }

    private async Task SomethingElseIsSent() => await _owner.UntilCompleted((await _owner.OrderSms("+4799999999")).ShipmentId);
}
