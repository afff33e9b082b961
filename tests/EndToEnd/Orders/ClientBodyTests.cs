using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

/// <summary>
/// The bodies of <c>POST /future/orders</c> as the clients of Altinn Notifications write them, byte by byte but for the time and the
/// idempotency id, and what each of those clients reads of the answer.
/// </summary>
[Collection(SharedSystemTests.Name)]
public sealed class ClientBodyTests(SharedSystem system)
{
    private const string Later = "2030-01-01T08:00:00+00:00";

    private const string AppForPerson =
        """{"idempotencyId":"501337/0a1b2c3d-0000-4000-8000-000000000001-init","sendersReference":"app-501337/0a1b2c3d-0000-4000-8000-000000000001","requestedSendTime":"2030-01-01T08:00:00+00:00","conditionEndpoint":"https://ttd.apps.altinn.no/ttd/app-name/api/v1/notification-webhook-listener/501337/0a1b2c3d-0000-4000-8000-000000000001?code=eyJhbGciOiJIUzI1NiJ9.e30.x","recipient":{"recipientPerson":{"nationalIdentityNumber":"01039012345","resourceId":"urn:altinn:resource:app_ttd_app-name","channelSchema":4,"ignoreReservation":false,"emailSettings":{"subject":"Nytt skjema opprettet i Altinn","body":"b","contentType":0},"smsSettings":{"sender":"Altinn","body":"b","sendingTimePolicy":1}}},"reminders":[{"conditionEndpoint":"https://x.apps.altinn.no/a","delayDays":7,"recipient":{"recipientExternalIdentity":{"externalIdentity":"urn:altinn:person:idporten-email:a@b.no","resourceId":"urn:altinn:resource:app_ttd_app-name","channelSchema":2,"emailSettings":{"subject":"Nytt skjema opprettet i Altinn","body":"b","contentType":0},"smsSettings":{"sender":"Altinn","body":"b","sendingTimePolicy":1}}}}]}""";

    private const string AppForOrganization =
        """{"idempotencyId":"501337/0a1b2c3d-0000-4000-8000-000000000001-init","sendersReference":"app-501337/0a1b2c3d-0000-4000-8000-000000000001","requestedSendTime":"2030-01-01T08:00:00+00:00","recipient":{"recipientOrganization":{"orgNumber":"991825827","resourceId":"urn:altinn:resource:app_skd_mva-melding","channelSchema":4,"emailSettings":{"subject":"Nytt skjema opprettet i Altinn","body":"b","contentType":0},"smsSettings":{"sender":"Altinn","body":"b","sendingTimePolicy":0}}},"reminders":null}""";

    private const string Correspondence =
        """{"sendersReference":"corr-1234","requestedSendTime":"2030-01-01T08:00:00+00:00","conditionEndpoint":"https://platform.altinn.no/correspondence/api/v1/correspondence/8a6e4e39-1111-4222-8333-444444444444/notification/check/main","dialogportenAssociation":null,"idempotencyId":"c6a3fe1e-57a3-5c4f-8a4f-6df0f0e4a001","recipient":{"recipientOrganization":{"orgNumber":"991825827","resourceId":"urn:altinn:resource:ttd-corr","channelSchema":2,"emailSettings":{"subject":"Ny melding","body":"Hei. X.","contentType":0},"smsSettings":{"body":"Hei."}}},"reminders":[{"sendersReference":"corr-1234","delayDays":7,"conditionEndpoint":"https://platform.altinn.no/correspondence/api/v1/correspondence/8a6e4e39-1111-4222-8333-444444444444/notification/check","recipient":{"recipientPerson":{"resourceId":"urn:altinn:resource:ttd-corr","nationalIdentityNumber":"01039012345","channelSchema":0,"emailSettings":{"subject":"Ny melding","body":"Hei. X.","contentType":0},"smsSettings":null}}}]}""";

    private const string Authentication =
        """{"idempotencyId":"si-link_from:1_to:2_202611211200","sendersReference":"si-link_from:1_to:2_202611211200","recipient":{"recipientEmail":{"emailAddress":"ola@example.no","emailSettings":{"subject":"Koble bruker","body":"\u003Cp\u003E..\u003C/p\u003E","contentType":1,"sendingTimePolicy":1}}}}""";

    private const string AccessManagement =
        """{"idempotencyId":"auth_x","recipient":{"recipientPerson":{"nationalIdentityNumber":"01039012345","channelSchema":0,"ignoreReservation":false,"emailSettings":{"subject":"Du har f\u00E5tt fullmakt i Altinn","body":"\u003Cp\u003E..\u003C/p\u003E","contentType":1,"sendingTimePolicy":1}}},"sendersReference":"auth_x"}""";

    private const string DesignerEmail =
        """{"idempotencyId":"alert-1","recipient":{"recipientEmail":{"emailAddress":"drift@example.no","emailSettings":{"senderEmailAddress":"noreply@altinn.no","subject":"Varsel","body":"b","contentType":"Html","sendingTimePolicy":"Anytime"}}}}""";

    private const string DesignerSms =
        """{"idempotencyId":"alert-2","recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"sender":"Altinn","body":"b","sendingTimePolicy":"Daytime"}}}}""";

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData(AppForPerson, 1)]
    [InlineData(AppForOrganization, 0)]
    [InlineData(Correspondence, 1)]
    [InlineData(Authentication, 0)]
    [InlineData(AccessManagement, 0)]
    [InlineData(DesignerEmail, 0)]
    [InlineData(DesignerSms, 0)]
    public async Task Body_of_a_client_is_taken_and_answered_with_what_it_reads(string body, int reminders)
    {
        await system.Sandbox.Person("01039012345", "Ola", "ola@example.no", "+4799999999");
        await system.Sandbox.Organization("991825827", "Etaten", ["post@etat.no"], ["+4799999999"]);
        body = body.Replace(Later, (await system.Sandbox.Now()).AddDays(1).ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var answer = await _owner.PostText(body, token: "", await system.Sandbox.NewPlatformToken(_owner.Creator));
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        answer.Location.ShouldNotBeNull();
        answer.Body.TryGetProperty("warnings", out _).ShouldBeFalse();

        // The app library, which tells upper case from lower.
        var order = answer.Body;
        order.GetProperty("notificationOrderId").GetGuid().ShouldNotBe(Guid.Empty);
        var main = order.GetProperty("notification");
        main.GetProperty("shipmentId").GetGuid().ShouldNotBe(Guid.Empty);
        var sent = JsonNode.Parse(body)!;
        Text(main, "sendersReference").ShouldBe((string?)sent["sendersReference"]);

        // Correspondence, which follows every reminder by itself.
        var ids = main.TryGetProperty("reminders", out var list) ? list.EnumerateArray().Select(r => r.GetProperty("shipmentId").GetGuid()).ToArray() : [];
        ids.Distinct().Count().ShouldBe(reminders);
        foreach (var id in ids.Prepend(main.GetProperty("shipmentId").GetGuid()))
            Text((await _owner.Get($"shipment/{id}")).Body, "type").ShouldBe(ids.Contains(id) ? "Reminder" : "Notification");

        (await _owner.PostText(body)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Correspondence_follows_a_shipment_and_an_older_order_to_their_ends()
    {
        var order = await _owner.Accept(Order.Email($"{_owner.Creator}@example.no").With("sendersReference", "corr-1234"));
        await _owner.UntilCompleted(order.ShipmentId);

        var shipment = (await _owner.Get($"shipment/{order.ShipmentId}")).Body;
        (Text(shipment, "shipmentId"), Text(shipment, "sendersReference"), Text(shipment, "type"), Text(shipment, "status"))
            .ShouldBe((order.ShipmentId.ToString(), "corr-1234", "Notification", "Order_Completed"));
        var recipient = shipment.GetProperty("recipients").EnumerateArray().ShouldHaveSingleItem();
        recipient.EnumerateObject().Select(m => m.Name).ShouldBe(["type", "destination", "status", "lastUpdate"]);
        (Text(recipient, "type"), Text(recipient, "destination"), Text(recipient, "status")).ShouldBe(("Email", $"{_owner.Creator}@example.no", "Email_Delivered"));

        // Details of older orders are where the status says, by their whole addresses.
        var status = await _owner.Ask(HttpMethod.Get, $"orders/{order.ShipmentId}/status");
        var link = new Uri(Text(status.Body.GetProperty("notificationsStatusSummary").GetProperty("email").GetProperty("links"), "self")!);
        link.IsAbsoluteUri.ShouldBeTrue();
        var (code, details) = await _owner.Call(HttpMethod.Get, link.AbsolutePath, body: null);
        code.ShouldBe(HttpStatusCode.OK);
        JsonNode.Parse(details)!["notifications"]![0]!["sendStatus"]!["status"]!.GetValue<string>().ShouldBe("Delivered");
        (await _owner.Cancel(order.ShipmentId)).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Person_without_an_address_is_told_by_the_code_that_clients_look_for()
    {
        await system.Sandbox.Person("02039012345", "Kari");
        var answer = await _owner.PostText(AccessManagement.Replace("01039012345", "02039012345", StringComparison.Ordinal));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Text(answer.Body, "code").ShouldBe("NOT-00001");
        Text(answer.Body, "type").ShouldBe("urn:altinn:error:NOT-00001");
        Text(answer.Body, "title").ShouldBe("Missing contact information for recipient(s)");
        Text(answer.Body, "statusDescription").ShouldBe("Unprocessable Entity");
        answer.Body.GetProperty("status").GetInt32().ShouldBe(422);
    }

    private static string? Text(JsonElement body, string member) => body.TryGetProperty(member, out var value) ? value.GetString() : null;
}
