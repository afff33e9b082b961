using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Store;

public sealed record EmailText(string Subject, string Body);

/// <summary>
/// What a shipment says by each channel, in each language that it is written in: <c>nb</c>, <c>nn</c>, <c>en</c>, <c>se</c>. Whoever reads none
/// of them is told in the words of <see cref="Shipment.EmailBody"/> and its siblings.
/// </summary>
public sealed record ShipmentTexts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public IReadOnlyDictionary<string, EmailText>? Email { get; init; }
    public IReadOnlyDictionary<string, string>? Sms { get; init; }

    /// <summary>The template and the version of it that the texts were made from.</summary>
    public string? EmailTemplate { get; init; }
    public string? SmsTemplate { get; init; }

    public IEnumerable<string> WrittenIn(Channel channel) => (channel == Channel.Email ? Email?.Keys : Sms?.Keys) ?? [];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ShipmentTexts FromJson(string texts) => JsonSerializer.Deserialize<ShipmentTexts>(texts, Json)!;
}
