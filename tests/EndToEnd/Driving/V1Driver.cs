using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>One service owner, who uses the first version of the API.</summary>
public sealed class V1Driver(Uri api, SandboxDriver sandbox, string creator)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    public string Creator => creator;

    public static JsonObject EmailTo(params JsonObject[] recipients) =>
        new() { ["subject"] = "Subject", ["body"] = "Hello", ["recipients"] = new JsonArray(recipients) };

    public static JsonObject SmsTo(params JsonObject[] recipients) => new() { ["body"] = "Hello", ["recipients"] = new JsonArray(recipients) };

    public static JsonObject AnyTo(string channel, params JsonObject[] recipients) => new()
    {
        ["notificationChannel"] = channel,
        ["emailTemplate"] = new JsonObject { ["subject"] = "Subject", ["body"] = "Hello" },
        ["smsTemplate"] = new JsonObject { ["body"] = "Hello" },
        ["recipients"] = new JsonArray(recipients),
    };

    public static JsonObject Email(string address) => new() { ["emailAddress"] = address };

    public static JsonObject Mobile(string number) => new() { ["mobileNumber"] = number };

    public static JsonObject Person(string number) => new() { ["nationalIdentityNumber"] = number };

    /// <param name="path"><c>orders</c>, <c>orders/email</c> or <c>orders/sms</c>.</param>
    public Task<Answer> Post(string path, JsonObject order) => PostText(path, order.ToJsonString());

    public async Task<Answer> PostText(string path, string body, string? token = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new StringContent(body, new MediaTypeHeaderValue(contentType)) };
        return await Send(request, token);
    }

    public async Task<Guid> Accept(string path, JsonObject order)
    {
        var answer = await Post(path, order);
        answer.Status.ShouldBe(System.Net.HttpStatusCode.Accepted, $"{answer.Body}");
        return answer.Body.GetProperty("orderId").GetGuid();
    }

    public async Task<Answer> Get(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        return await Send(request, token);
    }

    public async Task<Answer> Put(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address(path));
        return await Send(request, token: null);
    }

    /// <summary>Until all that was generated over the channel has come so far.</summary>
    public Task<JsonElement> UntilSucceeded(Guid orderId, string channel, int count, TimeSpan? patience = null) => Eventually.Until(
        $"The {channel} of order {orderId}",
        async () => (await Get($"orders/{orderId}/notifications/{channel}")).Body,
        list => list.GetProperty("succeeded").GetInt32() == count, patience);

    public Task<JsonElement> UntilEach(Guid orderId, string channel, params string[] states) => Eventually.Until(
        $"The {channel} of order {orderId}",
        async () => (await Get($"orders/{orderId}/notifications/{channel}")).Body,
        list => States(list).Order(StringComparer.Ordinal).SequenceEqual(states.Order(StringComparer.Ordinal), StringComparer.Ordinal));

    private static IEnumerable<string> States(JsonElement list) =>
        list.GetProperty("notifications").EnumerateArray().Select(n => n.GetProperty("sendStatus").GetProperty("status").GetString()!);

    private Uri Address(string path) => new(api, path.StartsWith("http", StringComparison.Ordinal) ? path : $"notifications/api/v1/{path}");

    private async Task<Answer> Send(HttpRequestMessage request, string? token)
    {
        if (token is not "")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await sandbox.Token(creator));
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }
}
