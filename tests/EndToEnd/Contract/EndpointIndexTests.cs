using System.Text.Json;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Contract;

/// <summary>The endpoint index of the API's contract, row by row: every status that a row lists and a client can see, and the members of what is answered.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class EndpointIndexTests(SharedSystem system)
{
    private const string Create = "altinn:serviceowner/notifications.create";
    private const string Compose = "altinn:serviceowner/notifications.composedemail.create";
    private const string Support = "altinn:notifications.support.admin";
    private const string Other = "altinn:serviceowner/instances.read";
    private const string Json = "application/json; charset=utf-8";

    private static int _persons;

    private readonly ContractClient _client = new(system.Local.ApiUrl);
    private readonly NotificationsDriver _owner = system.NewOwner();

    /// <summary>1 to 3 and 10 to 14: number, body, scope, status, where the order is, members.</summary>
    public static TheoryData<int, string, string, int, string, string> Orders() => new()
    {
        { 1, "v1 email", Create, 202, "orders/{orderId}", "orderId" },
        { 2, "v1 sms", Create, 202, "orders/{orderId}", "orderId" },
        { 3, "v1 any", Create, 202, "orders/{orderId}", "orderId" },
        { 10, "email", Create, 201, "orders/chain/{notificationOrderId}", "notificationOrderId notification" },
        { 11, "composed", Compose, 201, "orders/chain/{notificationOrderId}", "notificationOrderId notification" },
        { 12, "instant", Create, 201, "orders/chain/{notificationOrderId}", "notificationOrderId notification" },
        { 13, "instant sms", Create, 201, "orders/chain/{notificationOrderId}", "notificationOrderId notification" },
        { 14, "instant email", Create, 201, "orders/chain/{notificationOrderId}", "notificationOrderId notification" },
    };

    /// <summary>4 to 9, 15 and 16: number, path, members.</summary>
    public static TheoryData<int, string, string> Reads() => new()
    {
        { 4, "orders/{id}", "id sendersReference requestedSendTime creator created notificationChannel recipients emailTemplate links" },
        { 5, "orders?sendersReference={reference}", "count orders" },
        { 6, "orders/{id}/status", "id sendersReference requestedSendTime creator created notificationChannel processingStatus notificationsStatusSummary" },
        { 8, "orders/{id}/notifications/email", "orderId sendersReference generated succeeded notifications" },
        { 9, "orders/{id}/notifications/sms", "orderId sendersReference generated succeeded notifications" },
        { 15, "future/shipment/{id}", "shipmentId sendersReference type status lastUpdate recipients" },
        { 16, "future/shipment/feed", "[] sequenceNumber shipmentId sendersReference recipients status lastUpdate shipmentType" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Order_is_accepted(int row, string body, string scope, int status, string location, string members)
    {
        var endpoint = Bodies.All[body];
        var order = endpoint.Valid.Fresh();

        var answer = await _client.Call(HttpMethod.Post, endpoint.Path, await Token(scope), order);

        answer.Status.ShouldBe(status, $"{row}: {answer.Text}");
        answer.ContentType.ShouldBe(Json);
        answer.Members.ShouldBe(members.Split(' '));
        var id = answer.Body.GetProperty(answer.Members[0]).GetGuid();
        answer.Location!.AbsolutePath.ShouldBe("/notifications/api/v1/" + location.Split('{')[0] + id);
        (await _client.Call(HttpMethod.Get, answer.Location.AbsolutePath, await Token(Create))).Status.ShouldBe(200);
        if (status == 201)
            RawAnswer.Names(answer.Body.GetProperty("notification")).ShouldBe(["shipmentId"]);

        var again = await _client.Call(HttpMethod.Post, endpoint.Path, await Token(scope), order);
        again.Status.ShouldBe(status == 201 ? 200 : status);
        if (status == 201)
            (again.Text, again.Location).ShouldBe((answer.Text, null));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Order_that_cannot_be_read_or_by_nobody_is_refused(int row, string body, string scope, int status, string location, string members)
    {
        _ = (row, status, location, members);
        var endpoint = Bodies.All[body];
        var (order, token) = (endpoint.Valid.Fresh(), await Token(scope));

        await Refuses(HttpMethod.Post, endpoint.Path, order);
        var type = await _client.Call(HttpMethod.Post, endpoint.Path, token, order, "text/plain");
        (type.Status, type.Text).ShouldBe((415, ""));
        foreach (var (unreadable, key) in new[] { ("", ""), ("null", ""), ("{", "$"), ("[]", "$") })
        {
            var answer = await _client.Call(HttpMethod.Post, endpoint.Path, token, unreadable);
            (answer.Status, answer.ContentType).ShouldBe((400, Json));
            answer.Errors.ShouldBe([key, endpoint.Parameter]);
            answer.Members.ShouldBe(["type", "title", "status", "errors", "pointers", "traceId"]);
        }
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task What_was_ordered_is_read(int row, string path, string members)
    {
        var id = await Completed();
        var answer = await _client.Call(HttpMethod.Get, At(path, id), await Token(Create));

        (answer.Status, answer.ContentType).ShouldBe((200, Json), $"{row}: {answer.Text}");
        if (members.StartsWith("[] ", StringComparison.Ordinal))
            RawAnswer.Names(answer.Body[0]).ShouldBe(members[3..].Split(' '), ignoreOrder: true);
        else
            answer.Members.ShouldBe(members.Split(' '));
        await Refuses(HttpMethod.Get, At(path, id));
    }

    [Theory]
    [InlineData(4, "GET", "orders/{id}", "")]
    [InlineData(6, "GET", "orders/{id}/status", "")]
    [InlineData(7, "PUT", "orders/{id}/cancel", "Not Found")]
    [InlineData(8, "GET", "orders/{id}/notifications/email", "")]
    [InlineData(9, "GET", "orders/{id}/notifications/sms", "")]
    [InlineData(15, "GET", "future/shipment/{id}", "Shipment not found")]
    public async Task What_nobody_or_somebody_else_ordered_is_not_there(int row, string method, string path, string title)
    {
        var another = await new EndpointIndexTests(system).Completed();
        foreach (var id in (Guid[])[Guid.NewGuid(), another])
        {
            var answer = await _client.Call(new HttpMethod(method), At(path, id), await Token(Create));

            answer.Status.ShouldBe(404, $"{row}: {answer.Text}");
            if (title.Length == 0)
                answer.Text.ShouldBeEmpty();
            else
                answer.Body.GetProperty("title").GetString().ShouldBe(title);
        }

        var unknown = await _client.Call(new HttpMethod(method), path.Replace("{id}", "x", StringComparison.Ordinal), await Token(Create));
        if (row == 15)
        {
            (unknown.Status, unknown.Text).ShouldBe((404, ""));
            return;
        }
        (unknown.Status, unknown.ContentType).ShouldBe((400, Json));
        unknown.Errors.ShouldBe(["id"]);
    }

    [Fact]
    public async Task Row_7_cancels_what_waits_once_and_for_all_and_nothing_that_has_left()
    {
        var later = (await _owner.Accept(Order.Email($"{_owner.Creator}@example.no").At((await system.Sandbox.Now()).AddDays(1)))).ShipmentId;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var answer = await _client.Call(HttpMethod.Put, $"orders/{later}/cancel", await Token(Create));
            (answer.Status, answer.ContentType).ShouldBe((200, Json));
            answer.Members.ShouldBe(["id", "requestedSendTime", "creator", "created", "notificationChannel", "processingStatus"]);
            answer.Body.GetProperty("processingStatus").GetProperty("status").GetString().ShouldBe("Cancelled");
        }

        var tooLate = await _client.Call(HttpMethod.Put, $"orders/{await Completed()}/cancel", await Token(Create));
        tooLate.Status.ShouldBe(409);
        tooLate.Body.GetProperty("type").GetString().ShouldBe("https://tools.ietf.org/html/rfc9110#section-15.5.10");
        tooLate.Body.GetProperty("title").GetString().ShouldBe("Conflict");
        tooLate.Body.TryGetProperty("code", out var _).ShouldBeFalse();
        await Refuses(HttpMethod.Put, $"orders/{later}/cancel");
    }

    [Theory]
    [InlineData(5, "orders", "sendersReference")]
    [InlineData(16, "future/shipment/feed?seq=-1", "Seq")]
    [InlineData(16, "future/shipment/feed?seq=much", "Seq")]
    [InlineData(16, "future/shipment/feed?orderBy=Sideways", "OrderBy")]
    public async Task Question_that_makes_no_sense_is_refused(int row, string path, string key)
    {
        var answer = await _client.Call(HttpMethod.Get, path, await Token(Create));

        (answer.Status, answer.ContentType).ShouldBe((400, Json), $"{row}: {answer.Text}");
        answer.Errors.ShouldBe([key]);
    }

    [Fact]
    public async Task Row_5_answers_an_empty_list_for_a_reference_that_no_order_has()
    {
        var answer = await _client.Call(HttpMethod.Get, $"orders?sendersReference={Guid.NewGuid()}", await Token(Create));

        answer.Status.ShouldBe(200);
        (answer.Body.GetProperty("count").GetInt32(), answer.Body.GetProperty("orders").GetArrayLength()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Row_10_says_by_its_code_that_somebody_cannot_be_reached()
    {
        var number = Number();
        await system.Sandbox.Person(number, "Kari");

        var answer = await _client.Call(HttpMethod.Post, "future/orders", await Token(Create), Order.Person(number, "EmailAndSms").ToJsonString());

        (answer.Status, answer.ContentType).ShouldBe((422, Json));
        answer.Members.ShouldBe(["type", "title", "status", "code", "traceId", "statusDescription"]);
        answer.Body.GetProperty("code").GetString().ShouldBe("NOT-00001");
    }

    [Theory]
    [InlineData(12, "instant", "link")]
    [InlineData(13, "instant sms", "link")]
    [InlineData(14, "instant email", "acs")]
    public async Task Provider_that_is_away_is_a_503_with_its_code(int row, string body, string provider)
    {
        var endpoint = Bodies.All[body];
        var text = $"From {_owner.Creator}";
        await system.Sandbox.Fault(provider, "throttle", count: 1, about: text);

        var answer = await _client.Call(
            HttpMethod.Post, endpoint.Path, await Token(Create), endpoint.Valid.Fresh().Replace("\"body\":\"b\"", $"\"body\":\"{text}\"", StringComparison.Ordinal));

        answer.Status.ShouldBe(503, $"{row}: {answer.Text}");
        answer.Members.ShouldBe(["type", "title", "status", "code", "traceId", "statusDescription"]);
        (answer.Body.GetProperty("code").GetString(), answer.Body.GetProperty("title").GetString()).ShouldBe(("NOT-00004", "A temporary network failure occurred"));
    }

    [Theory]
    [InlineData(17, "nin", "NationalIdentityNumber", "123456789 01")]
    [InlineData(18, "orgnumber", "OrganizationNumber", "12")]
    public async Task Support_sees_what_was_sent(int row, string kind, string header, string wrong)
    {
        var number = kind == "nin" ? Number() : Number()[..9];
        await system.Sandbox.Person(number.PadRight(11, '0'), "Ada", $"{_owner.Creator}@example.no");
        if (kind == "orgnumber")
            await system.Sandbox.Organization(number, "Etaten", [$"{_owner.Creator}@example.no"]);
        var order = kind == "nin" ? Order.Person(number, "Email") : Order.Organization(number, "Email");
        await _owner.UntilCompleted((await _owner.Accept(order)).ShipmentId);
        var path = $"future/dashboard/recipients/notifications/{kind}";

        var answer = await _client.Call(HttpMethod.Get, path, await Token(Support), header: (header, number));

        (answer.Status, answer.ContentType).ShouldBe((200, Json), $"{row}: {answer.Text}");
        RawAnswer.Names(answer.Body[0]).ShouldBe(["shipmentId", "creatorName", "requestedSendTime", "notificationChannel", "notificationType", "deliveryAttempts"], ignoreOrder: true);
        (await _client.Call(HttpMethod.Get, path, await Token(Support), header: (header, wrong))).Errors.ShouldBe([header]);
        await Refuses(HttpMethod.Get, path);
    }

    [Theory]
    [InlineData(19, "GET", "metrics", "text/html; charset=utf-8")]
    [InlineData(21, "POST", "metrics/sms", "application/octet-stream")]
    [InlineData(22, "POST", "metrics/email", "application/octet-stream")]
    public async Task Figures_are_for_whoever_has_the_key(int row, string method, string path, string contentType)
    {
        var answer = await _client.Call(new HttpMethod(method), path, token: null, header: ("X-API-Key", "sandbox"));
        (answer.Status, answer.ContentType).ShouldBe((200, contentType), $"{row}: {answer.Text}");

        foreach (var (header, objection) in new ((string, string)?, string)[] { (null, "API key required for Metrics endpoints"), (("X-API-Key", "other"), "Invalid API key") })
        {
            var refused = await _client.Call(new HttpMethod(method), path, await Token(Create), header: header);
            refused.Status.ShouldBe(401);
            refused.Body.GetProperty("error").GetString().ShouldBe(objection);
        }
    }

    [Theory]
    [InlineData("year=2026&month=1", 200)]
    [InlineData("year=2026&month=first", 400)]
    [InlineData("year=2026&month=13", 400)]
    public async Task Row_20_shows_a_month(string form, int status) =>
        (await _client.Call(HttpMethod.Post, "metrics", token: null, form, "application/x-www-form-urlencoded", ("X-API-Key", "sandbox"))).Status.ShouldBe(status);

    [Theory]
    [InlineData(23, "pastdueorders")]
    [InlineData(24, "sendemail")]
    [InlineData(25, "sendsms")]
    [InlineData(25, "sendsmsdaytime")]
    [InlineData(26, "sendsmsanytime")]
    [InlineData(27, "terminateexpirednotifications")]
    [InlineData(28, "deleteoldstatusfeedrecords")]
    public async Task Nobody_need_trigger_anything(int row, string trigger) =>
        (await _client.Call(HttpMethod.Post, $"trigger/{trigger}", await Token(Create), "{}")).Status.ShouldBe(404, $"{row}");

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Row_29_answers_what_it_is_told_to(string met, bool expected)
    {
        var answer = await _client.Call(HttpMethod.Get, $"tests/sendcondition?conditionMet={met}", token: null);

        answer.Status.ShouldBe(200);
        answer.Members.ShouldBe(["sendNotification"]);
        answer.Body.GetProperty("sendNotification").GetBoolean().ShouldBe(expected);
        (await _client.Call(HttpMethod.Get, "tests/sendcondition", token: null)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Row_30_is_healthy()
    {
        var answer = await _client.Call(HttpMethod.Get, "/health", token: null);

        (answer.Status, answer.Text).ShouldBe((200, "Healthy"));
    }

    /// <summary>Nobody without a credential, with one that is none, or with one for something else.</summary>
    private async Task Refuses(HttpMethod method, string path, string? body = null)
    {
        (string? Token, int Status)[] callers = [(null, 401), ("x.y.z", 401), (await Token(Other), 403)];
        foreach (var (token, status) in callers)
        {
            var answer = await _client.Call(method, path, token, body);
            (answer.Status, answer.Text).ShouldBe((status, ""), $"{method} {path}");
        }
    }

    private async Task<Guid> Completed()
    {
        var answer = await _client.Call(HttpMethod.Post, "orders/email", await Token(Create), Bodies.All["v1 email"].Valid.With(
            $$"""{"recipients":[{"emailAddress":"{{_owner.Creator}}@example.no"}]}"""));
        var id = answer.Body.GetProperty("orderId").GetGuid();
        await _owner.UntilCompleted(id);
        return id;
    }

    private static string At(string path, Guid id) =>
        path.Replace("{id}", id.ToString(), StringComparison.Ordinal).Replace("{reference}", "ref-1", StringComparison.Ordinal);

    private Task<string> Token(string scope) => system.Sandbox.NewToken($"org={_owner.Creator}&scope={scope}");

    private static string Number() => $"{Interlocked.Increment(ref _persons):00000}812345";
}
