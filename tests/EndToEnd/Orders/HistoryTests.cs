using System.Net;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class HistoryTests(SharedSystem system)
{
    private const string Number = "00001572345";
    private const string Mobile = "+4796500001";
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Shipment_that_fell_back_tells_every_step_with_its_reason_and_nobodys_address()
    {
        var email = $"bounced+{_owner.Creator}@simulator.test";
        await system.Sandbox.Person(Number, "Ada Nordmann", email, Mobile);
        var order = await _owner.OrderPerson(Number, "EmailPreferred", body: "The secret text");
        await _owner.UntilCompleted(order.ShipmentId);

        // A report may be quicker than the record of the call that it is about.
        var history = await Eventually.Until(
            "The record of both calls", async () => (await _owner.Get($"shipment/{order.ShipmentId}/history")).Body, lines => Told(lines).Count(l => l.StartsWith("HandOffEnded", StringComparison.Ordinal)) == 2);
        Told(history).ShouldBe(
        [
            "Accepted", "StateChanged ResolvingRecipients ShipmentDue", "StateChanged Sending RecipientsResolved", "NotificationPlanned Email Preferred", "HandOffStarted Email",
            "HandOffEnded Email Accepted", "ReportReceived Email_Failed_Bounced Email Bounced", "FallbackChosen SMS FailedDelivery", "NotificationPlanned SMS Fallback",
            "HandOffStarted SMS", "HandOffEnded SMS Accepted", "ReportReceived SMS_Delivered SMS DELIVRD", "StateChanged Completed NotificationsSettled",
        ], ignoreOrder: true);
        history.EnumerateArray().Select(l => l.GetProperty("sequence").GetInt32()).ShouldBe(Enumerable.Range(1, history.GetArrayLength()));
        foreach (var secret in new[] { email, Mobile, Number, "Ada", "secret" })
            history.GetRawText().ShouldNotContain(secret);
        (await _owner.Get($"shipment/{order.ShipmentId}/history?after=12")).Body.GetArrayLength().ShouldBe(history.GetArrayLength() - 12);

        (await Story(order.ShipmentId, "?language=nb")).ShouldContain("Den første kanalen nådde ikke fram, så SMS ble valgt i stedet");
        (await Story(order.ShipmentId, "?lang=en")).ShouldContain("The first channel did not reach the recipient, so SMS was chosen instead");
        (await system.NewOwner().Get($"shipment/{order.ShipmentId}/history")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await system.NewOwner().Get($"shipment/{order.ShipmentId}/explain")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Shipment_that_waits_says_what_happens_next_and_one_that_was_cancelled_who_did_it()
    {
        var to = $"{_owner.Creator}@example.no";
        var order = await _owner.Accept(Order.Email(to).At(await system.Sandbox.Now() + TimeSpan.FromHours(1)).RemindedAfterDays(7, Order.EmailRecipient(to)));
        await _owner.Reschedule(order.ShipmentId, await system.Sandbox.Now() + TimeSpan.FromHours(3));

        (await _owner.Get($"shipment/{order.ShipmentId}/explain?lang=en")).Body.GetProperty("next").EnumerateArray().Select(n => n.GetProperty("what").GetString())
            .ShouldBe(["The shipment is sent.", "A reminder is sent."]);
        await _owner.Cancel(order.ShipmentId);

        Told((await _owner.Get($"shipment/{order.ShipmentId}/history")).Body).ShouldBe(["Accepted", "Rescheduled", "StateChanged Cancelled ByOwner"]);
        Told((await _owner.Get($"shipment/{order.Reminders[0]}/history")).Body).ShouldBe(["Accepted", "Rescheduled", "StateChanged Cancelled WithMain"]);
        (await _owner.Get($"shipment/{order.ShipmentId}/explain")).Body.GetProperty("next").GetArrayLength().ShouldBe(0);
    }

    private async Task<string> Story(Guid shipmentId, string query) =>
        string.Join('\n', (await _owner.Get($"shipment/{shipmentId}/explain{query}")).Body.GetProperty("story").EnumerateArray().Select(s => s.GetString()));

    private static IEnumerable<string> Told(JsonElement history) => history.EnumerateArray().Select(line =>
        string.Join(' ', new[] { "kind", "state", "channel", "reason" }.Select(name => line.TryGetProperty(name, out var value) ? value.GetString() : null).OfType<string>()
            .Concat(line.GetProperty("kind").GetString() == "ReportReceived" ? [line.GetProperty("providerState").GetString()!] : [])));
}
