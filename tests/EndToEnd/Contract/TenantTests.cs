using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Contract;

/// <summary>What one creator has is to another as if it were not there, on every route that takes its name.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class TenantTests(SharedSystem system)
{
    private const string Root = "/notifications/api/v1/";
    private const string Webhook = """{"endpoint":"{receiver}"}""";

    /// <summary>Method, path, body. The name in braces says what the id is of.</summary>
    private static readonly (string Method, string Path, string? Body)[] OfCreators =
    [
        ("get", "orders/{order}", null),
        ("get", "orders/{order}/status", null),
        ("get", "orders/{order}/notifications/email", null),
        ("get", "orders/{order}/notifications/sms", null),
        ("put", "orders/{shipment}/reschedule", """{"requestedSendTime":"2099-01-05T09:00:00Z"}"""),
        ("get", "future/shipment/{shipment}", null),
        ("get", "future/shipment/{shipment}/history", null),
        ("get", "future/shipment/{shipment}/explain", null),
        ("get", "future/shipment/{shipment}/attempts", null),
        ("get", "orders/chain/{chain}", null),
        ("put", "orders/chain/{chain}/cancel", null),
        ("put", "orders/{shipment}/cancel", null),
        ("get", "webhooks/{webhook}", null),
        ("put", "webhooks/{webhook}", Webhook),
        ("post", "webhooks/{webhook}/secret", null),
        ("post", "webhooks/{webhook}/replay", """{"afterSequenceNumber":0}"""),
        ("delete", "webhooks/{webhook}", null),
        ("delete", "badaddresses/Email/{address}", null),
        ("get", "notificationrules/{rule}", null),
        ("get", "notificationrules/{rule}/steps", null),
        ("delete", "notificationrules/{rule}", null),
        ("get", "templates/{template}", null),
        ("get", "templates/{template}/versions", null),
        ("post", "templates/{template}/preview", "{}"),
        ("delete", "templates/{template}", null),
    ];

    /// <summary>Where the name is one that the caller gives to something of their own.</summary>
    private static readonly string[] OfWhoeverCalls =
    [
        "put notificationrules/{}",
        "put templates/{}",
    ];

    /// <summary>Where the name is not a creator's: the platform's own operators go there, by a scope that no creator has.</summary>
    private static readonly string[] OfOperators =
    [
        "get shipments/{}/attempts",
        "delete providers/{}/pauses",
        "get senders/{}",
        "put senders/{}/{}/{}",
        "delete senders/{}/{}/{}",
    ];

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Every_route_that_takes_a_name_is_known_here()
    {
        var routes = (await _owner.GetDocument())["paths"]!.AsObject()
            .Where(path => path.Key.Contains('{', StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {Anonymous(path.Key[Root.Length..])}"));

        routes.ShouldBe(
            OfCreators.Select(route => $"{route.Method} {Anonymous(route.Path)}".Replace("badaddresses/Email/", "badaddresses/{}/", StringComparison.Ordinal)).Concat(OfOperators).Concat(OfWhoeverCalls),
            ignoreOrder: true);
    }

    [Fact]
    public async Task What_somebody_else_has_is_not_there()
    {
        var names = await NamesOfWhatIsThere();
        var other = system.NewOwner();

        foreach (var (method, path, body) in OfCreators.Select(route => route with { Body = Receiving(route.Body) }))
        {
            (await Call(other, method, Named(path, names), body)).ShouldBe(HttpStatusCode.NotFound, $"{method} {path} of another creator");
            (await Call(_owner, method, Named(path, names), body)).ShouldNotBe(HttpStatusCode.NotFound, $"{method} {path} of its owner");
        }
    }

    private async Task<Dictionary<string, string>> NamesOfWhatIsThere()
    {
        var later = (await system.Sandbox.Now()).AddDays(1);
        var order = await Created("orders/email", Bodies.All["v1 email"].Valid.With($$"""{"requestedSendTime":"{{later:O}}"}"""));
        var chain = await _owner.Accept(Order.Email("tenant@example.no").At(later));
        var webhook = await Created("webhooks", Receiving(Webhook)!);
        await Created("templates/a-template", """{"texts":{"nb":{"sms":"Hei"}}}""", HttpMethod.Put);
        await Created("notificationrules/a-rule", $$$"""
            {"app":"{{{_owner.Creator}}}/app","on":{"event":"app.instance.created"},"recipient":"instanceOwner","order":{"channelSchema":"Sms"},"texts":{"nb":{"smsBody":"Hei"} } }
            """, HttpMethod.Put);
        return new(StringComparer.Ordinal)
        {
            ["order"] = order["orderId"]!.GetValue<string>(),
            ["chain"] = chain.OrderId.ToString(),
            ["shipment"] = chain.ShipmentId.ToString(),
            ["webhook"] = webhook["id"]!.GetValue<string>(),
            ["address"] = await AddressThatBounced(),
            ["rule"] = "a-rule",
            ["template"] = "a-template",
        };
    }

    private async Task<string> AddressThatBounced()
    {
        var address = $"gone.{_owner.Creator}@example.no";
        await system.Sandbox.Mailbox(address, "Bounced");
        await _owner.UntilCompleted((await _owner.OrderEmail(address)).ShipmentId);
        return address;
    }

    private async Task<JsonNode> Created(string path, string body, HttpMethod? method = null)
    {
        var (status, text) = await _owner.Call(method ?? HttpMethod.Post, Root + path, body);
        ((int)status).ShouldBeInRange(200, 299, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpStatusCode> Call(NotificationsDriver caller, string method, string path, string? body) =>
        (await caller.Call(new HttpMethod(method.ToUpperInvariant()), Root + path, body)).Status;

    private string? Receiving(string? body) =>
        body?.Replace("{receiver}", system.Sandbox.Receiver(_owner.Creator).Address.AbsoluteUri, StringComparison.Ordinal);

    private static string Named(string path, IEnumerable<KeyValuePair<string, string>> names) =>
        names.Aggregate(path, (text, name) => text.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    private static string Anonymous(string path) => string.Join('/', path.Split('/').Select(segment => segment.StartsWith('{') ? "{}" : segment));
}
