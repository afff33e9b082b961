using System.Text.Json.Serialization;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Instant;

/// <summary>The body of <c>POST /future/orders/instant/sms</c>.</summary>
public sealed record InstantSmsRequest : InstantRequest
{
    public required ShortMessageDelivery RecipientSms { get; init; }

    internal override OrderKind Kind => OrderKind.InstantSms;

    internal override string Fingerprint() => Orders.Fingerprint.Of(this, WireJson.Options);

    internal override InstantMessage Message()
    {
        var content = RecipientSms.ShortMessageContent;
        return new(
            Channel.Sms, RecipientSms.PhoneNumber, TimeSpan.FromSeconds(RecipientSms.TimeToLiveInSeconds), ShipmentsOf.Given(content.Sender),
            Subject: null, content.Body, ContentType: null);
    }
}

public sealed record ShortMessageDelivery
{
    public required string PhoneNumber { get; init; }

    /// <summary>60 to 172800: after this time the gateway gives the message up.</summary>
    public required int TimeToLiveInSeconds { get; init; }

    [JsonPropertyName("smsSettings")]
    public required ShortMessageContent ShortMessageContent { get; init; }
}

public sealed record ShortMessageContent
{
    public string? Sender { get; init; }
    public required string Body { get; init; }
}

/// <summary>The body of <c>POST /future/orders/instant</c>: the same SMS in an earlier form.</summary>
public sealed record InstantOrderRequest : InstantRequest
{
    [JsonPropertyName("recipient")]
    public required InstantRecipient InstantNotificationRecipient { get; init; }

    internal override OrderKind Kind => OrderKind.InstantSms;

    internal override string Fingerprint() => Sms().Fingerprint();

    internal override InstantMessage Message() => Sms().Message();

    private InstantSmsRequest Sms() => new()
    {
        IdempotencyId = IdempotencyId,
        SendersReference = SendersReference,
        RecipientSms = InstantNotificationRecipient?.ShortMessageDeliveryDetails!,
    };
}

public sealed record InstantRecipient
{
    [JsonPropertyName("recipientSms")]
    public required ShortMessageDelivery ShortMessageDeliveryDetails { get; init; }
}
