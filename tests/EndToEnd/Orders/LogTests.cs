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

    [Fact]
    public async Task People_see_what_was_for_themselves_and_for_those_whom_they_may_read_for()
    {
        var (ola, kari, resource) = ("71039012345", "72039012345", $"log-{_owner.Creator}");
        var organization = $"71{int.Parse(_owner.Creator["owner".Length..]):0000000}";
        await system.Sandbox.Person(ola, "Ola", $"ola.{Address}");
        await system.Sandbox.Person(kari, "Kari", $"kari.{Address}");
        await system.Sandbox.Organization(organization, "Etaten", [$"etat.{Address}"], users: new OrganizationUser(7101, null, null, resource));
        foreach (var order in (JsonObject[])[Order.Person(ola, "Email"), Order.Person(kari, "Email"), Order.Organization(organization, "Email", resource), Order.Email(Address)])
            await _owner.UntilCompleted((await _owner.Accept(About("t-1", order))).ShipmentId);

        (await OwnLog($"pid={ola}&userId=7100", "")).ShouldBe([$"ola.{Address}"]);
        (await OwnLog($"pid={ola}&userId=7101", "")).ShouldBe([$"ola.{Address}", $"etat.{Address}"]);
        (await OwnLog($"pid={kari}&userId=7100", "&transmissionId=t-1")).ShouldBe([$"kari.{Address}"]);
        (await _owner.Get($"enduser/log?dialogId={_dialog}", await system.Sandbox.NewToken("pid=73039012345&userId=7100"))).Status.ShouldBe(HttpStatusCode.Forbidden);

        var entry = (await _owner.Get($"enduser/log?dialogId={_dialog}", await system.Sandbox.NewToken($"pid={ola}&userId=7100"))).Body[0];
        entry.EnumerateObject().Select(m => m.Name).ShouldBe(
            ["notificationId", "dialogId", "transmissionId", "type", "channel", "destination", "status", "requestedSendTime", "lastUpdateTime"]);
        Texts(entry, "dialogId", "type", "channel", "status").ShouldBe([_dialog, "Notification", "Email", "Delivered"]);
    }

    [Fact]
    public async Task Log_of_end_users_is_for_them_and_about_one_dialog()
    {
        var person = await system.Sandbox.NewToken("pid=71039012345&userId=7100");
        (await _owner.Get($"enduser/log?dialogId={Guid.NewGuid()}", token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Get($"enduser/log?dialogId={Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _owner.Get($"enduser/log?dialogId={Guid.NewGuid()}", await system.Sandbox.NewToken("pid=71039012345&scope=openid"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _owner.Get("enduser/log?transmissionId=t-1", person)).Errors().ShouldBe(["dialogId"]);
        (await _owner.Get("enduser/log?dialogId=x", person)).Errors().ShouldBe(["dialogId"]);
        (await _owner.Get($"enduser/log?dialogId={Guid.NewGuid()}", person)).Body.GetArrayLength().ShouldBe(0);
        (await _owner.Get("log?dialogId=a", person)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<string?[]> OwnLog(string who, string more) =>
        [.. (await _owner.Get($"enduser/log?dialogId={_dialog}{more}", await system.Sandbox.NewToken(who))).Body.EnumerateArray().Select(e => e.GetProperty("destination").GetString())];

    private JsonObject About(string transmission, JsonObject order) =>
        order.With("dialogportenAssociation", new JsonObject { ["dialogId"] = _dialog, ["transmissionId"] = transmission });

    private async Task<JsonElement[]> Log(string query) => [.. (await _owner.Get($"log?{query}")).Body.EnumerateArray()];

    private static string?[] Texts(JsonElement entry, params string[] members) => [.. members.Select(m => entry.GetProperty(m).GetString())];
}
