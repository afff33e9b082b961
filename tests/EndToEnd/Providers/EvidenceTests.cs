using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>What went on between a provider and us, as whoever ordered and whoever operates see it; and what is learned from it.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class EvidenceTests(SharedSystem system)
{
    private static readonly HttpClient Http = new();
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Every_call_is_shown_with_its_outcome_and_its_reports_and_the_address_masked()
    {
        var order = await _owner.OrderEmail($"server-error+{_owner.Creator}@simulator.test");
        await _owner.UntilCompleted(order.ShipmentId);

        // A report may be quicker than the record of the call that it is about.
        var answer = await Eventually.Until(
            "The record of every call", () => _owner.Ask(HttpMethod.Get, $"future/shipment/{order.ShipmentId}/attempts"), a => !a.Body.GetRawText().Contains("Claimed", StringComparison.Ordinal));
        var notification = answer.Body.EnumerateArray().Single();
        (notification.GetProperty("destination").GetString(), notification.GetProperty("status").GetString()).ShouldBe(("s***@simulator.test", "Email_Delivered"));
        notification.GetProperty("attempts").EnumerateArray().Select(a => $"{a.GetProperty("number")} {a.GetProperty("provider")} {a.GetProperty("outcome")} {a.GetProperty("answer")}")
            .ShouldBe(["1 acs Unknown 500 InternalServerError", "2 acs Accepted 202"]);
        notification.GetProperty("reports").EnumerateArray().Select(r => $"{r.GetProperty("providerState")} {r.GetProperty("state")}").ShouldBe(["Delivered Delivered"]);

        (await system.NewOwner().Ask(HttpMethod.Get, $"future/shipment/{order.ShipmentId}/attempts")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await AsOperator(order.ShipmentId, "altinn:notifications.operations.admin")).GetRawText().ShouldBe(answer.Body.GetRawText());
        (await AsOperator(order.ShipmentId, "altinn:serviceowner/notifications.create")).ValueKind.ShouldBe(JsonValueKind.Undefined);
    }

    [Fact]
    public async Task Nothing_more_is_sent_where_a_message_bounced_until_the_creator_says_so()
    {
        var address = $"gone.{_owner.Creator}@example.no";
        await system.Sandbox.Mailbox(address, "Bounced");
        (await _owner.UntilCompleted((await _owner.OrderEmail(address)).ShipmentId)).Notification.ShouldBe("Email_Failed_Bounced");

        var second = await _owner.OrderEmail(address);
        (await _owner.UntilCompleted(second.ShipmentId)).Notification.ShouldBe("Email_Failed_SuppressedRecipient");
        (await system.Sandbox.Inbox(address)).Count.ShouldBe(1);
        (await _owner.Ask(HttpMethod.Get, $"future/shipment/{second.ShipmentId}/attempts")).Body[0].GetProperty("attempts")[0].GetProperty("answer").GetString()
            .ShouldBe("not sent: Failed_Bounced was reported about this address");

        var known = (await _owner.Ask(HttpMethod.Get, "badaddresses")).Body.EnumerateArray().Single();
        (known.GetProperty("address").GetString(), known.GetProperty("reason").GetString()).ShouldBe((address, "Failed_Bounced"));
        (await _owner.Ask(HttpMethod.Delete, $"badaddresses/Email/{address}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _owner.Ask(HttpMethod.Delete, $"badaddresses/Email/{address}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await _owner.UntilCompleted((await _owner.OrderEmail(address)).ShipmentId);
        (await system.Sandbox.Inbox(address)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Magic_recipients_fail_as_often_as_they_are_tried()
    {
        for (var i = 0; i < 2; i++)
            (await _owner.UntilCompleted((await _owner.OrderEmail($"bounced+{_owner.Creator}@simulator.test")).ShipmentId)).Notification.ShouldBe("Email_Failed_Bounced");
        (await _owner.Ask(HttpMethod.Get, "badaddresses")).Body.GetArrayLength().ShouldBe(0);
    }

    private async Task<JsonElement> AsOperator(Guid shipmentId, string scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.Local.ApiUrl, $"notifications/api/v1/shipments/{shipmentId}/attempts"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await system.Sandbox.NewToken($"org=digdir&scope={scope}"));
        using var response = await Http.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK ? JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()) : default;
    }
}
