using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>One service owner, who orders and follows notifications over HTTP.</summary>
public sealed class NotificationsDriver(Uri api, SandboxDriver sandbox, string creator)
{
    private const string Root = "notifications/api/v1/";
    private const string Prefix = Root + "future/";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Creator => creator;

    /// <summary>The same owner, with a client of the first version.</summary>
    public V1Driver V1 { get; } = new(api, sandbox, creator);

    public Task<AcceptedOrder> OrderEmail(string to, string body = "Hello") => Accept(Order.Email(to, body));

    public Task<AcceptedOrder> OrderSms(string to, string body = "Hello") => Accept(Order.Sms(to, body));

    public Task<AcceptedOrder> OrderPerson(string number, string channelSchema, string body = "Hello", string subject = "Subject") =>
        Accept(Order.Person(number, channelSchema, body, subject));

    public async Task<AcceptedOrder> Accept(JsonObject order) => (await Post(order)).Accepted();

    public async Task<Answer> Post(JsonNode order) => await PostText(order.ToJsonString());

    /// <param name="body">What is posted as it is.</param>
    /// <param name="token">A bearer token instead of the owner's own; empty for none.</param>
    /// <param name="platformToken">A platform access token beside it.</param>
    /// <param name="chunked">Without saying beforehand how long the body is.</param>
    /// <param name="prefer">The header of that name.</param>
    public async Task<Answer> PostText(string body, string? token = null, string? platformToken = null, bool chunked = false, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, Prefix + "orders"))
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TransferEncodingChunked = chunked;
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        if (platformToken is not null)
            request.Headers.Add("PlatformAccessToken", platformToken);
        return await Send(request, token);
    }

    public Task<(HttpStatusCode Status, string Text)> PostBatch(string body, string contentType) =>
        Call(HttpMethod.Post, $"/{Prefix}orders/batch", body, contentType);

    /// <summary>Anything at all, by its whole path.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Call(HttpMethod method, string path, string? body, string contentType = "application/json", string? token = null,
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(api, path));
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue(contentType));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await sandbox.Token(creator));
        using var response = await Http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <param name="body">An e-mail with attachments, as it is.</param>
    /// <param name="token">Instead of one with the scope for it.</param>
    public async Task<Answer> PostComposed(string body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, Prefix + "orders/composed-email"))
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        return await Send(request, token ?? await sandbox.NewToken($"org={creator}&scope={AllScopes}"));
    }

    /// <summary>What a client of every kind of order has.</summary>
    public const string AllScopes = "altinn:serviceowner/notifications.create%20altinn:serviceowner/notifications.composedemail.create";

    /// <summary>One page of a list, and the path of the next one.</summary>
    public async Task<(JsonElement Entries, string? Next)> Page(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await sandbox.Token(creator));
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(), response.Headers.TryGetValues("Link", out var links) ? new Uri(links.Single().Split('<', '>')[1]).PathAndQuery : null);
    }

    public async Task<JsonNode> GetDocument() => JsonNode.Parse((await Call(HttpMethod.Get, "/openapi/v1.json", body: null)).Text)!;

    public async Task<Answer> Get(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, Prefix + path));
        return await Send(request, token);
    }

    /// <param name="route"><c>sms</c>, <c>email</c>, or nothing for the SMS of earlier clients.</param>
    public Task<Answer> PostInstant(string route, JsonNode message) => Ask(HttpMethod.Post, InstantMessage.Path(route), message);

    public Task<Answer> GetChain(Guid orderId) => Ask(HttpMethod.Get, $"orders/chain/{orderId}");

    public Task<Answer> CancelChain(Guid orderId) => Ask(HttpMethod.Put, $"orders/chain/{orderId}/cancel");

    public Task<Answer> Cancel(Guid shipmentId) => Ask(HttpMethod.Put, $"orders/{shipmentId}/cancel");

    public Task<Answer> Reschedule(Guid shipmentId, DateTimeOffset sendTime) =>
        Ask(HttpMethod.Put, $"orders/{shipmentId}/reschedule", new JsonObject { ["requestedSendTime"] = sendTime.ToString("O", CultureInfo.InvariantCulture) });

    public async Task<Answer> Ask(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(api, Root + path));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        return await Send(request, null);
    }

    /// <summary>Adds or removes one of the owner's verified senders.</summary>
    public async Task<Answer> KeepSender(HttpMethod method, string channel, string sender, string scope = "altinn:notifications.senders.admin")
    {
        using var request = new HttpRequestMessage(method, new Uri(api, $"{Root}senders/{creator}/{channel}/{Uri.EscapeDataString(sender)}"));
        return await Send(request, await sandbox.NewToken($"org=digdir&scope={scope}"));
    }

    public Task<Answer> Senders() => Ask(HttpMethod.Get, "senders");

    public async Task<Shipment> Shipment(Guid id) => (await Read($"shipment/{id}")).Deserialize<Shipment>(Json)!;

    public async Task<IReadOnlyList<FeedEntry>> Feed(long after, int pageSize = 500) =>
        (await Read($"shipment/feed?seq={after}&pageSize={pageSize}")).Deserialize<FeedEntry[]>(Json)!;

    /// <summary>Every page of the feed, from its beginning.</summary>
    public async Task<IReadOnlyList<FeedEntry>> WholeFeed(int pageSize = 500)
    {
        var entries = new List<FeedEntry>();
        while (await Feed(entries.Count == 0 ? 0 : entries[^1].SequenceNumber, pageSize) is { Count: > 0 } page)
            entries.AddRange(page);
        return entries;
    }

    public Task<Shipment> UntilCompleted(Guid shipmentId, TimeSpan? patience = null) =>
        UntilShipment(shipmentId, s => s.Status == EndToEnd.Driving.Shipment.Completed, patience);

    /// <summary>Until the shipment's only notification is in this state.</summary>
    public Task<Shipment> UntilNotification(Guid shipmentId, string state) => UntilShipment(shipmentId, s => s.Notification == state);

    public Task<Shipment> UntilShipment(Guid shipmentId, Func<Shipment, bool> holds, TimeSpan? patience = null) =>
        Eventually.Until($"Shipment {shipmentId}", () => Shipment(shipmentId), holds, patience);

    private async Task<JsonElement> Read(string path)
    {
        var answer = await Get(path);
        return answer.Status == System.Net.HttpStatusCode.OK
            ? answer.Body
            : throw new HttpRequestException($"{path} answered {answer.Status}: {answer.Body}", inner: null, answer.Status);
    }

    private async Task<Answer> Send(HttpRequestMessage request, string? token)
    {
        if (token is not "")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await sandbox.Token(creator));
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>What a host says of each thing that it depends on.</summary>
    public static async Task<string> ReadyText(Uri host)
    {
        using var response = await Http.GetAsync(new Uri(host, "health/ready"));
        return await response.Content.ReadAsStringAsync();
    }

    public static async Task<Health> HealthOf(Uri host)
    {
        using var response = await Http.GetAsync(new Uri(host, "health/ready"));
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new Health(response.StatusCode, report.GetProperty("status").GetString()!, report.GetProperty("checks").GetRawText());
    }
}
