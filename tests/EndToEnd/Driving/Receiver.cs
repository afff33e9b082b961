using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>A service owner's receiver of webhooks, as the sandbox plays it.</summary>
public sealed class Receiver(Uri sandbox, string name)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(15) };

    public Uri Address { get; } = new(sandbox, $"webhooks/{name}");

    /// <param name="answers">To events, in turn; the last one repeats.</param>
    public async Task Behave(string[]? answers = null, string allowedOrigin = "*", int? retryAfter = null)
    {
        using var response = await Http.PutAsJsonAsync(Address, new { answers, allowedOrigin, retryAfter });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The requests for consent, and the events.</summary>
    public async Task<IReadOnlyList<ReceivedRequest>> Received() => (await Http.GetFromJsonAsync<ReceivedRequest[]>(Address))!;

    public async Task<IReadOnlyList<ReceivedRequest>> Events() => [.. (await Received()).Where(r => r.Method == "POST")];

    public Task<IReadOnlyList<ReceivedRequest>> UntilEvents(int count) =>
        Eventually.Until($"The receiver {name} with {count} events", Events, events => events.Count >= count);
}

public sealed record ReceivedRequest(DateTimeOffset ReceivedAt, string Method, IReadOnlyDictionary<string, string> Headers, string Body, string Answer)
{
    private JsonElement Event => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Id => Headers["webhook-id"];

    public string Type => Event.GetProperty("type").GetString()!;

    public IReadOnlyList<string> BatchedIds => [.. Event.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    public Guid ShipmentId => Event.GetProperty("data").GetProperty("shipmentId").GetGuid();

    public long SequenceNumber => Event.GetProperty("data").GetProperty("sequenceNumber").GetInt64();

    public bool IsTaken => Answer.StartsWith('2');

    /// <summary>As a receiver's library checks it.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}")));
        return Headers["webhook-signature"].Split(' ').Contains($"v1,{expected}");
    }
}
