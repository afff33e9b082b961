using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Notifications.Store;

namespace Notifications.Consumers.Webhooks;

/// <summary>A final state as a structured CloudEvent 1.0. It names nobody: who may know more asks for the shipment.</summary>
public static class WebhookEvent
{
    public const string ContentType = "application/cloudevents+json";

    private const string TypePrefix = "no.altinn.notifications.shipment.";
    private const string StatusPrefix = "Order_";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The same however often the event is sent, and to whom.</summary>
    public static string Id(FeedEvent entry) => entry.Sequence.ToString(CultureInfo.InvariantCulture);

    public static byte[] Body(FeedEvent entry, string source) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        specversion = "1.0",
        id = Id(entry),
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
    }, Json);
}
