using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Store;

/// <summary>
/// One delivery unit of an order, as it was ordered. Nothing but its send time ever changes, by its owner's wish: where it stands is
/// <see cref="OrderState"/>, what came of it are its notifications.
/// </summary>
public sealed class Shipment
{
    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }

    /// <summary>0 is the main shipment, 1 and on are its reminders.</summary>
    public required int Ordinal { get; init; }
    public required ShipmentType Type { get; init; }
    public required string Creator { get; init; }
    public string? SendersReference { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset RequestedSendTime { get; init; }

    /// <summary>Of a reminder that was ordered so many days after the main shipment, and moves with it.</summary>
    public int? DelayDays { get; init; }

    /// <summary>A JSON array of <see cref="OrderedRecipient"/>.</summary>
    public required string Recipients { get; init; }
    public required ChannelSchema ChannelSchema { get; init; }

    /// <summary>Null when the order does not say: then as if it said <see cref="Fallback.OnFailedDelivery"/>.</summary>
    public Fallback? Fallback { get; init; }

    /// <summary>How long a message may be without a report of its delivery before the other channel is used too; null for ever.</summary>
    public TimeSpan? FallbackAfter { get; init; }
    public bool? IgnoreReservation { get; init; }
    public bool UseStaleContactInformation { get; init; }
    public string? ResourceId { get; init; }
    public string? ResourceAction { get; init; }
    public string? EmailSender { get; init; }
    public string? EmailSubject { get; init; }
    public string? EmailBody { get; init; }
    public EmailContentType? EmailContentType { get; init; }
    public string? SmsSender { get; init; }
    public string? SmsBody { get; init; }

    /// <summary><see cref="ShipmentTexts"/> as JSON; null for a shipment that says the same to everybody.</summary>
    public string? Texts { get; init; }
    public SendingTimePolicy? SmsSendingTimePolicy { get; init; }

    /// <summary>What is asked before sending. May hold a secret in its query.</summary>
    public string? ConditionEndpoint { get; init; }
    public ConditionOnError? ConditionOnError { get; init; }

    /// <summary>A JSON array of <see cref="InstanceCondition"/>, all of which must hold too; null for none.</summary>
    public string? InstanceConditions { get; init; }

    /// <summary>A <see cref="Store.SendingWindow"/> of the order's own, which takes the place of the policy and holds for every channel.</summary>
    public string? SendingWindow { get; init; }
}

/// <summary>
/// Whom a shipment is for, as the client named them: one of the identities, or addresses, which need no lookup. The members in this order
/// are also what tells one recipient from another.
/// </summary>
public sealed record OrderedRecipient
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string? Email { get; init; }
    public string? Mobile { get; init; }
    public string? NationalIdentityNumber { get; init; }
    public string? OrganizationNumber { get; init; }

    /// <summary>A URN, kept as the client wrote it.</summary>
    public string? ExternalIdentity { get; init; }

    /// <summary>Whether the addresses are to be looked up.</summary>
    [JsonIgnore]
    public bool IsIdentified => NationalIdentityNumber is not null || OrganizationNumber is not null || ExternalIdentity is not null;

    /// <summary>Who it is, wherever they are reached; nobody for bare addresses.</summary>
    [JsonIgnore]
    public OrderedRecipient Identity => this with { Email = null, Mobile = null };

    public static string ToJson(IEnumerable<OrderedRecipient> recipients) => JsonSerializer.Serialize(recipients, Json);

    public static IReadOnlyList<OrderedRecipient> FromJson(string recipients) => JsonSerializer.Deserialize<OrderedRecipient[]>(recipients, Json)!;
}
