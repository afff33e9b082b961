using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class LogTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly string _dialog = Guid.NewGuid().ToString();

    private string Address => $"{_owner.Creator}@example.no";

    [Fact]
    public async Task Log_of_a_dialog_says_who_was_told_what_became_of_it_and_nothing_of_others()
    {
        var first = await _owner.Accept(About("t-1", Order.Email(Address)).With("sendersReference", "ref-1"));
        await _owner.UntilCompleted(first.ShipmentId);
        var second = await _owner.Accept(About("t-2", Order.Sms("+4799999999")));
        await _owner.UntilCompleted(second.ShipmentId);
        await _owner.UntilCompleted((await _owner.OrderEmail(Address)).ShipmentId);

        var log = await Log($"dialogId={_dialog}");

        log.Select(e => e.GetProperty("shipmentId").GetGuid()).ShouldBe([first.ShipmentId, second.ShipmentId]);
        log[0].EnumerateObject().Select(m => m.Name).ShouldBe(
        [
            "notificationId", "shipmentId", "sendersReference", "dialogId", "transmissionId", "type", "channel", "destination", "status", "requestedSendTime", "lastUpdateTime",
        ]);
        Texts(log[0], "sendersReference", "dialogId", "transmissionId", "type", "channel", "destination", "status")
            .ShouldBe(["ref-1", _dialog, "t-1", "Notification", "Email", Address, "Email_Delivered"]);
        log[0].GetProperty("lastUpdateTime").GetDateTimeOffset().ShouldBeGreaterThan(log[0].GetProperty("requestedSendTime").GetDateTimeOffset());
        Texts(log[1], "channel", "destination", "status").ShouldBe(["Sms", "+4799999999", "SMS_Delivered"]);

        (await Log("transmissionId=t-2")).Select(e => e.GetProperty("shipmentId").GetGuid()).ShouldBe([second.ShipmentId]);
        (await Log($"dialogId={_dialog}&transmissionId=t-1")).Select(e => e.GetProperty("shipmentId").GetGuid()).ShouldBe([first.ShipmentId]);
        (await Log($"dialogId={Guid.NewGuid()}&transmissionId=t-1")).ShouldBeEmpty();
        (await system.NewOwner().Get($"log?dialogId={_dialog}")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Pages_of_the_log_are_the_log()
    {
        var orders = new List<AcceptedOrder>();
        for (var i = 0; i < 5; i++)
            orders.Add(await _owner.Accept(About("t & t", Order.Email(Address))));
        foreach (var order in orders)
            await _owner.UntilCompleted(order.ShipmentId);

        var seen = new List<Guid>();
        for (var page = "/notifications/api/v1/future/log?transmissionId=t%20%26%20t&pageSize=2"; page is not null;)
        {
            var (entries, next) = await _owner.Page(page);
            seen.AddRange(entries.EnumerateArray().Select(e => e.GetProperty("shipmentId").GetGuid()));
            page = next;
        }

        seen.ShouldBe(orders.Select(o => o.ShipmentId));
    }

    [Theory]
    [InlineData("", "dialogId")]
    [InlineData("dialogId=%20", "dialogId")]
    [InlineData("dialogId=a%00", "dialogId")]
    [InlineData("transmissionId=a%00", "transmissionId")]
    [InlineData("dialogId=a&pageSize=many", "pageSize")]
    [InlineData("dialogId=a&after=here", "after")]
    public async Task What_is_wrong_with_the_question_is_named(string query, string key)
    {
        var answer = await _owner.Get($"log?{query}");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe([key]);
    }

    [Fact]
    public async Task Only_service_owners_are_let_in()
    {
        (await _owner.Get("log?dialogId=a", token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Get("log?dialogId=a", await system.Sandbox.NewToken("org=ttd&scope=altinn:serviceowner/instances.read"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private JsonObject About(string transmission, JsonObject order) =>
        order.With("dialogportenAssociation", new JsonObject { ["dialogId"] = _dialog, ["transmissionId"] = transmission });

    private async Task<JsonElement[]> Log(string query) => [.. (await _owner.Get($"log?{query}")).Body.EnumerateArray()];

    private static string?[] Texts(JsonElement entry, params string[] members) => [.. members.Select(m => entry.GetProperty(m).GetString())];
}
