using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Time;

[Collection(SharedSystemTests.Name)]
public sealed class SendingWindowTests(SharedSystem system)
{
    private const string To = "+4799999999";
    private readonly NotificationsDriver _owner = system.NewOwner();

    private string Body => $"From {_owner.Creator}";

    [Fact]
    public async Task Daytime_SMS_of_the_evening_waits_for_nine_o_clock()
    {
        await system.Sandbox.AdvanceClockTo(18);
        var order = await _owner.Accept(Daytime());
        await _owner.UntilNotification(order.ShipmentId, "SMS_New");
        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Processed);

        await system.Sandbox.AdvanceClockTo(8, 58);
        await SomethingElseIsSent();
        (await Received()).ShouldBe(0);

        await system.Sandbox.AdvanceClockTo(9);
        await _owner.UntilCompleted(order.ShipmentId);
        (await Received()).ShouldBe(1);
    }

    [Fact]
    public async Task Daytime_SMS_of_the_day_leaves_at_once()
    {
        await system.Sandbox.AdvanceClockTo(9);

        await _owner.UntilCompleted((await _owner.Accept(Daytime())).ShipmentId);
    }

    [Fact]
    public async Task SMS_that_the_gateway_did_not_take_before_the_evening_leaves_in_the_morning()
    {
        await system.Sandbox.AdvanceClockTo(16, 50);
        await system.Sandbox.Fault("link", "503", about: Body);
        AcceptedOrder order;
        try
        {
            order = await _owner.Accept(Daytime());
            // Moved over a call without its record, the clock would have its outcome unknown for ever.
            await Eventually.Until("A try", () => system.Ledger.Of(_owner.Creator), lines => lines is [{ Outcomes: [.., "Deferred"] }]);
            await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(15));
        }
        finally
        {
            await system.Sandbox.Fault("link", "none");
        }
        await SomethingElseIsSent();
        (await Received()).ShouldBe(0);

        await system.Sandbox.AdvanceClockTo(9);
        await _owner.UntilCompleted(order.ShipmentId);
        (await Received()).ShouldBe(1);
    }

    [Fact]
    public async Task SMS_that_waits_for_its_window_can_be_cancelled()
    {
        await system.Sandbox.AdvanceClockTo(20);
        var order = await _owner.Accept(Daytime());
        await _owner.UntilNotification(order.ShipmentId, "SMS_New");

        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.OK);

        await system.Sandbox.AdvanceClockTo(9);
        await SomethingElseIsSent();
        (await Received()).ShouldBe(0);
        (await _owner.Shipment(order.ShipmentId)).Recipients.ShouldBeEmpty();
    }

    [Fact]
    public async Task Window_of_an_orders_own_holds_back_email_too()
    {
        await system.Sandbox.AdvanceClockTo(12);
        var tomorrow = (await system.Sandbox.Now()).AddDays(1).DayOfWeek.ToString();
        var to = $"{_owner.Creator}@example.no";
        var order = await _owner.Accept(Order.Email(to).With("sendingWindow", new JsonObject
        {
            ["weekdays"] = new JsonArray(tomorrow), ["from"] = "10:30", ["to"] = "24:00", ["onPublicHolidays"] = true, ["timeZone"] = "Europe/Oslo",
        }));
        await _owner.UntilNotification(order.ShipmentId, "Email_New");

        await system.Sandbox.AdvanceClockTo(10, 28);
        await SomethingElseIsSent();
        (await system.Sandbox.Inbox(to)).ShouldBeEmpty();

        await system.Sandbox.AdvanceClockTo(10, 30);
        await _owner.UntilCompleted(order.ShipmentId);
    }

    [Theory]
    [InlineData("""{"weekdays":[]}""", "SendingWindow.Weekdays")]
    [InlineData("""{"from":"8"}""", "SendingWindow.From")]
    [InlineData("""{"to":"25:00"}""", "SendingWindow.To")]
    [InlineData("""{"from":"18:00"}""", "SendingWindow.To")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "SendingWindow.TimeZone")]
    public async Task Window_that_makes_no_sense_is_refused(string window, string key)
    {
        var answer = await _owner.Post(Order.Email("a@example.no").With("sendingWindow", JsonNode.Parse(window)));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldContain(key);
    }

    private JsonObject Daytime() => Order.Sms(To, Body).With("recipient.recipientSms.smsSettings.sendingTimePolicy", "Daytime");

    private async Task<int> Received() => (await system.Sandbox.Inbox(To)).Count(m => m.Body == Body);

    /// <summary>The system has had its chance to send too early.</summary>
    private async Task SomethingElseIsSent()
    {
        var other = await _owner.OrderEmail($"{_owner.Creator}.other@example.no");
        await _owner.UntilCompleted(other.ShipmentId);
    }
}
