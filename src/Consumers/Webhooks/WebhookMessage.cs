using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Notifications.Store;

namespace Notifications.Consumers.Webhooks;

/// <summary>
/// Final states as structured CloudEvents 1.0, one or a batch of them. They name nobody: who may know more asks for the shipment.
/// </summary>
/// <param name="Id">Of a single event that event's, which is the same however often it is sent, and to whom; of a batch the first and the last.</param>
public sealed record WebhookMessage(string Id, string ContentType, byte[] Body)
{
    private const string TypePrefix = "no.altinn.notifications.shipment.";
    private const string StatusPrefix = "Order_";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static WebhookMessage One(FeedEvent entry, string source) =>
        new(IdOf(entry), "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(Event(entry, source), Json));

    public static WebhookMessage Batch(IReadOnlyList<FeedEvent> entries, string source) =>
        new($"{IdOf(entries[0])}-{IdOf(entries[^1])}", "application/cloudevents-batch+json", JsonSerializer.SerializeToUtf8Bytes(entries.Select(e => Event(e, source)), Json));

    private static string IdOf(FeedEvent entry) => entry.Sequence.ToString(CultureInfo.InvariantCulture);

    private static object Event(FeedEvent entry, string source) => new
    {
        specversion = "1.0",
        id = IdOf(entry),
        source,
        type = TypePrefix + entry.Status.Replace(StatusPrefix, "", StringComparison.Ordinal).ToLowerInvariant(),
        subject = entry.ShipmentId,
        time = entry.At.UtcDateTime,
        datacontenttype = "application/json",
        data = new
        {
            sequenceNumber = entry.Sequence,
            entry.ShipmentId,
            entry.SendersReference,
            entry.ShipmentType,
            entry.Status,
            lastUpdate = entry.At.UtcDateTime,
            notifications = JsonSerializer.Deserialize<JsonElement>(entry.Notifications),
        },
    };
}
