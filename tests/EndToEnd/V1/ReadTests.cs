using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using static Notifications.Tests.EndToEnd.Driving.V1Driver;

namespace Notifications.Tests.EndToEnd.V1;

/// <summary>What clients of the first version read.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ReadTests(SharedSystem system)
{
    private static readonly DateTimeOffset Later = new(2031, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));
    private readonly V1Driver _owner = system.NewOwner().V1;

    [Fact]
    public async Task Order_is_read_back_as_it_was_written()
    {
        var id = await _owner.Accept("orders", AnyTo("EmailPreferred", Email("ada@example.no").With("mobileNumber", "+47 99 99 99 99"), Person("16069412345"))
            .With("emailTemplate.fromAddress", "skatt@example.no").With("emailTemplate.contentType", "html").With("emailTemplate.subject", "One\r\ntwo\nthree")
            .With("smsTemplate.senderNumber", "Skatt").With("sendersReference", "case 17").With("resourceId", "app_ttd_app").With("resourceAction", "read")
            .With("ignoreReservation", true).At(Later));

        var order = (await _owner.Get($"orders/{id}")).Body;
        Names(order).ShouldBe(
        [
            "id", "sendersReference", "requestedSendTime", "creator", "created", "notificationChannel", "ignoreReservation", "resourceId", "resourceAction",
            "recipients", "emailTemplate", "smsTemplate", "links",
        ]);
        order.GetProperty("id").GetGuid().ShouldBe(id);
        order.GetProperty("requestedSendTime").GetString().ShouldBe("2031-05-06T05:08:09Z");
        (await system.Sandbox.Now() - order.GetProperty("created").GetDateTimeOffset()).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(5));
        (order.GetProperty("sendersReference").GetString(), order.GetProperty("creator").GetString(), order.GetProperty("notificationChannel").GetString())
            .ShouldBe(("case 17", _owner.Creator, "EmailPreferred"));
        (order.GetProperty("ignoreReservation").GetBoolean(), order.GetProperty("resourceId").GetString(), order.GetProperty("resourceAction").GetString())
            .ShouldBe((true, "app_ttd_app", "read"));
        Same(order.GetProperty("recipients"), """[{"emailAddress":"ada@example.no","mobileNumber":"+47 99 99 99 99"},{"nationalIdentityNumber":"16069412345"}]""");
        Same(order.GetProperty("emailTemplate"), """{"fromAddress":"skatt@example.no","subject":"One two three","body":"Hello","contentType":"Html"}""");
        Same(order.GetProperty("smsTemplate"), """{"senderNumber":"Skatt","body":"Hello"}""");
        var links = order.GetProperty("links");
        (await _owner.Get(links.GetProperty("self").GetString()!)).Body.GetRawText().ShouldBe(order.GetRawText());
        (await _owner.Get(links.GetProperty("status").GetString()!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_an_order_did_not_say_is_not_there_or_is_our_default()
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email("ada@example.no").With("mobileNumber", "not used")).At(Later));

        var order = (await _owner.Get($"orders/{id}")).Body;
        Names(order).ShouldBe(["id", "requestedSendTime", "creator", "created", "notificationChannel", "recipients", "emailTemplate", "links"]);
        Same(order.GetProperty("recipients"), """[{"emailAddress":"ada@example.no"}]""");
        Same(order.GetProperty("emailTemplate"), """{"fromAddress":"noreply@altinn.cloud","subject":"Subject","body":"Hello","contentType":"Plain"}""");
        var sms = (await _owner.Get($"orders/{await _owner.Accept("orders/sms", SmsTo(Mobile("+4799999999")).At(Later))}")).Body;
        Same(sms.GetProperty("smsTemplate"), """{"senderNumber":"Altinn","body":"Hello"}""");
    }

    [Fact]
    public async Task Waiting_order_is_registered_and_has_no_summary()
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email("ada@example.no")).At(Later).With("sendersReference", "waits"));

        var status = (await _owner.Get($"orders/{id}/status")).Body;
        Names(status).ShouldBe(["id", "sendersReference", "requestedSendTime", "creator", "created", "notificationChannel", "processingStatus"]);
        Names(status.GetProperty("processingStatus")).ShouldBe(["status", "description", "lastUpdate"]);
        status.GetProperty("processingStatus").GetProperty("status").GetString().ShouldBe("Registered");
    }

    [Fact]
    public async Task Finished_order_has_a_summary_with_links_to_its_notifications()
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email($"done-{_owner.Creator}@example.no")).With("sendersReference", "done"));
        await _owner.UntilEach(id, "email", "Delivered");

        var status = await Eventually.Until("The status", async () => (await _owner.Get($"orders/{id}/status")).Body,
            s => s.GetProperty("processingStatus").GetProperty("status").GetString() == "Completed");
        var summary = status.GetProperty("notificationsStatusSummary");
        Names(summary).ShouldBe(["email"]);
        Names(summary.GetProperty("email")).ShouldBe(["links", "generated", "succeeded"]);
        var list = (await _owner.Get(summary.GetProperty("email").GetProperty("links").GetProperty("self").GetString()!)).Body;
        Names(list).ShouldBe(["orderId", "sendersReference", "generated", "succeeded", "notifications"]);
        var only = list.GetProperty("notifications").EnumerateArray().ShouldHaveSingleItem();
        Names(only).ShouldBe(["id", "succeeded", "recipient", "sendStatus"]);
        Same(only.GetProperty("recipient"), $$"""{"emailAddress":"done-{{_owner.Creator}}@example.no"}""");
        Names(only.GetProperty("sendStatus")).ShouldBe(["status", "description", "lastUpdate"]);
        only.GetProperty("succeeded").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Shipment_of_the_later_version_is_read_as_an_order()
    {
        var later = system.Owner(_owner.Creator);
        var shipment = (await later.Accept(Order.Email("later@example.no").At(Later).With("sendersReference", "later"))).ShipmentId;

        var order = (await _owner.Get($"orders/{shipment}")).Body;
        Same(order.GetProperty("recipients"), """[{"emailAddress":"later@example.no"}]""");
        (await _owner.Get("orders?sendersReference=later")).Body.GetProperty("orders")[0].GetProperty("id").GetGuid().ShouldBe(shipment);
        (await later.Shipment(await _owner.Accept("orders/email", EmailTo(Email("ada@example.no")).At(Later)))).Type.ShouldBe("Notification");
    }

    [Fact]
    public async Task Orders_of_a_reference_come_all_at_once_or_page_by_page()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await _owner.Accept("orders/sms", SmsTo(Mobile("+4799999999")).At(Later).With("sendersReference", "a b&c")));
        await _owner.Accept("orders/sms", SmsTo(Mobile("+4799999999")).At(Later).With("sendersReference", "a b"));

        var all = (await _owner.Get("orders?sendersReference=a%20b%26c")).Body;
        Names(all).ShouldBe(["count", "orders"]);
        all.GetProperty("count").GetInt32().ShouldBe(5);
        Ids(all).ShouldBe(ids);

        var paged = new List<Guid>();
        var next = "orders?sendersReference=a%20b%26c&pageSize=2";
        var pages = 0;
        while (next is not null)
        {
            var page = (await _owner.Get(next)).Body;
            page.GetProperty("count").GetInt32().ShouldBe(page.GetProperty("orders").GetArrayLength());
            paged.AddRange(Ids(page));
            next = page.TryGetProperty("links", out var links) ? links.GetProperty("next").GetString()! : null;
            pages++;
        }
        pages.ShouldBe(3);
        paged.ShouldBe(ids);
    }

    [Fact]
    public async Task Reference_without_orders_gives_none()
    {
        var none = await _owner.Get("orders?sendersReference=nothing");

        (none.Status, none.Body.GetProperty("count").GetInt32(), none.Body.GetProperty("orders").GetArrayLength()).ShouldBe((HttpStatusCode.OK, 0, 0));
    }

    [Theory]
    [InlineData("orders", "sendersReference")]
    [InlineData("orders?sendersReference=", "sendersReference")]
    [InlineData("orders?sendersReference=x&pageSize=many", "pageSize")]
    [InlineData("orders?sendersReference=x&after=nothing", "after")]
    [InlineData("orders/17", "id")]
    [InlineData("orders/17/status", "id")]
    [InlineData("orders/17/notifications/email", "id")]
    [InlineData("orders/17/notifications/sms", "id")]
    public async Task Question_that_is_not_understood_is_refused(string path, string key)
    {
        var answer = await _owner.Get(path);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe([key]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/status")]
    [InlineData("/notifications/email")]
    [InlineData("/notifications/sms")]
    public async Task Order_of_another_creator_is_not_there(string path)
    {
        var id = await _owner.Accept("orders/email", EmailTo(Email("ada@example.no")).At(Later).With("sendersReference", "mine"));
        var other = system.NewOwner().V1;

        foreach (var missing in new[] { id, Guid.NewGuid() })
        {
            var answer = await other.Get($"orders/{missing}{path}");
            (answer.Status, answer.Body.ValueKind).ShouldBe((HttpStatusCode.NotFound, JsonValueKind.Undefined));
        }
        (await other.Get("orders?sendersReference=mine")).Body.GetProperty("count").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("orders?sendersReference=x")]
    [InlineData("orders/16069412-3450-4000-8000-000000000000")]
    [InlineData("orders/16069412-3450-4000-8000-000000000000/status")]
    [InlineData("orders/16069412-3450-4000-8000-000000000000/notifications/email")]
    [InlineData("orders/16069412-3450-4000-8000-000000000000/notifications/sms")]
    public async Task Nobody_reads_without_a_token_and_the_scope(string path)
    {
        (await _owner.Get(path, token: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _owner.Get(path, await system.Sandbox.NewToken("org=ttd&scope=altinn:serviceowner/instances.read"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(m => m.Name);

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("orders").EnumerateArray().Select(o => o.GetProperty("id").GetGuid());

    private static void Same(JsonElement actual, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(actual.GetRawText()), JsonNode.Parse(expected)).ShouldBeTrue($"{actual}");
}
