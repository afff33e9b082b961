using System.Net;
using System.Text.Json;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>An answer of the API, whatever its status.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Body, Uri? Location, TimeSpan? RetryAfter = null)
{
    public bool IsAccepted => Status is HttpStatusCode.Created or HttpStatusCode.OK;

    public AcceptedOrder Accepted()
    {
        IsAccepted.ShouldBeTrue($"{Status} {Body}");
        var main = Body.GetProperty("notification");
        return new AcceptedOrder(
            Body.GetProperty("notificationOrderId").GetGuid(),
            main.GetProperty("shipmentId").GetGuid(),
            main.TryGetProperty("reminders", out var reminders) ? [.. reminders.EnumerateArray().Select(r => r.GetProperty("shipmentId").GetGuid())] : []);
    }

    /// <summary>The fields that a 400 names.</summary>
    public IReadOnlyList<string> Errors() => [.. Body.GetProperty("errors").EnumerateObject().Select(e => e.Name)];

    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            response.StatusCode,
            text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text),
            response.Headers.Location,
            response.Headers.RetryAfter?.Delta);
    }
}

public sealed record AcceptedOrder(Guid OrderId, Guid ShipmentId, IReadOnlyList<Guid> Reminders);

public sealed record Shipment(Guid ShipmentId, string? SendersReference, string Type, string Status, IReadOnlyList<Recipient> Recipients)
{
    public const string Registered = "Order_Registered";
    public const string Processing = "Order_Processing";
    public const string Processed = "Order_Processed";
    public const string Completed = "Order_Completed";
    public const string Cancelled = "Order_Cancelled";
    public const string SendConditionNotMet = "Order_SendConditionNotMet";

    /// <summary>The state of the only notification; null while there is none.</summary>
    public string? Notification => Recipients is [var only] ? only.Status : null;
}

public sealed record Recipient(string Type, string Destination, string Status);

public sealed record FeedEntry(long SequenceNumber, Guid ShipmentId, string Status, string ShipmentType, IReadOnlyList<FeedEntry.Recipient> Recipients)
{
    public sealed record Recipient(string Destination, string Status);
}

public sealed record InboxMessage(
    string Channel, string To, string From, string? Subject, string Body, string? ContentType, string? NotificationId, string Reference, int Attempts, DateTimeOffset AcceptedAt)
{
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public sealed record Attachment(string Name, string ContentType, int Size, string Sha256);
}

public sealed record Health(HttpStatusCode Code, string Status, string Checks);
