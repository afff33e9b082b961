using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class BatchTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task Every_order_has_its_line_in_the_order_they_came(string contentType)
    {
        var orders = Enumerable.Range(0, 300).Select(n => Order.Email($"{_owner.Creator}.{n}@example.no").With("sendersReference", $"ref {n}")).ToArray();
        var (status, lines) = await Batch(contentType, orders.Select(o => o.ToJsonString()));

        status.ShouldBe(HttpStatusCode.MultiStatus);
        lines.Select(l => l.GetProperty("index").GetInt32()).ShouldBe(Enumerable.Range(0, 300));
        lines.ShouldAllBe(l => l.GetProperty("status").GetInt32() == 201);
        lines.Select(l => l.GetProperty("notification").GetProperty("sendersReference").GetString()).ShouldBe(Enumerable.Range(0, 300).Select(n => $"ref {n}"));
        lines.Select(l => l.GetProperty("notificationOrderId").GetGuid()).Distinct().Count().ShouldBe(300);
        foreach (var line in lines.Where((_, n) => n % 100 == 0))
            await _owner.UntilCompleted(line.GetProperty("notification").GetProperty("shipmentId").GetGuid());
    }

    [Fact]
    public async Task Order_that_fails_fails_alone()
    {
        var again = Order.Email("a@example.no");
        await _owner.Post(again);
        string[] orders =
        [
            Order.Email("a@example.no").ToJsonString(), Order.Email("no address").ToJsonString(), "null", "5", "{}", again.ToJsonString(),
            again.With("sendersReference", "other").ToJsonString(), Order.Email("b@example.no").With("colour", "blue").ToJsonString(),
        ];
        foreach (var contentType in new[] { "application/json", "application/x-ndjson" })
        {
            var (_, lines) = await Batch(contentType, orders);

            lines.Select(l => l.GetProperty("status").GetInt32()).ShouldBe([contentType == "application/json" ? 201 : 200, 400, 400, 400, 400, 200, 409, contentType == "application/json" ? 201 : 200]);
            lines[1].GetProperty("problem").GetProperty("errors").TryGetProperty("Recipient.RecipientEmail.EmailAddress", out _).ShouldBeTrue();
            lines[7].GetProperty("warnings").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task One_idempotency_id_twice_in_a_batch_is_one_order()
    {
        var order = Order.Email($"{_owner.Creator}@example.no").ToJsonString();
        var (_, lines) = await Batch("application/json", Enumerable.Repeat(order, 20));

        lines.Count(l => l.GetProperty("status").GetInt32() == 201).ShouldBe(1);
        lines.Count(l => l.GetProperty("status").GetInt32() == 200).ShouldBe(19);
        lines.Select(l => l.GetProperty("notificationOrderId").GetGuid()).Distinct().Count().ShouldBe(1);
        await _owner.UntilCompleted(lines[0].GetProperty("notification").GetProperty("shipmentId").GetGuid());
        (await system.Sandbox.Inbox($"{_owner.Creator}@example.no")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rest_that_cannot_be_read_is_told_after_what_could_be()
    {
        var answer = await _owner.PostBatch($"[{Order.Email("a@example.no").ToJsonString()}, {{\"a", "application/json");
        var lines = Lines(answer.Text);

        lines.Select(l => l.GetProperty("status").GetInt32()).ShouldBe([201, 400]);
    }

    [Theory]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.MultiStatus)]
    [InlineData("\n\n", "application/x-ndjson", HttpStatusCode.MultiStatus)]
    [InlineData("[]", "text/csv", HttpStatusCode.UnsupportedMediaType)]
    public async Task Batch_that_is_none_is(string body, string contentType, HttpStatusCode expected) =>
        (await _owner.PostBatch(body, contentType)).Status.ShouldBe(expected);

    private async Task<(HttpStatusCode Status, JsonElement[] Lines)> Batch(string contentType, IEnumerable<string> orders)
    {
        var answer = await _owner.PostBatch(contentType == "application/json" ? $"[{string.Join(',', orders)}]" : string.Join('\n', orders), contentType);
        return (answer.Status, Lines(answer.Text));
    }

    private static JsonElement[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
}
