using Notifications.Store;

namespace Notifications.Api.Instant;

/// <summary>What the bodies of all instant endpoints have in common.</summary>
public abstract record InstantRequest
{
    /// <summary>The caller's own name for the message, unique within its creator and channel: sent again, it is the same message.</summary>
    public required string IdempotencyId { get; init; }

    /// <summary>Free text that comes back in answers and in the status feed.</summary>
    public string? SendersReference { get; init; }

    internal abstract OrderKind Kind { get; }

    internal abstract string Fingerprint();

    /// <summary>Only of a request that is valid.</summary>
    internal abstract InstantMessage Message();
}

/// <summary>One message to one address.</summary>
/// <param name="TimeToLive">After which it need not be delivered any more.</param>
internal sealed record InstantMessage(
    Channel Channel, string Address, TimeSpan TimeToLive, string? Sender, string? Subject, string Body, EmailContentType? ContentType)
{
    public Shipment Shipment(Guid id, Guid orderId, string creator, string? sendersReference, DateTimeOffset now)
    {
        var isEmail = Channel == Channel.Email;
        return new Shipment
        {
            Id = id,
            OrderId = orderId,
            Ordinal = 0,
            Type = ShipmentType.Instant,
            Creator = creator,
            SendersReference = sendersReference,
            CreatedAt = now,
            RequestedSendTime = now,
            Recipients = OrderedRecipient.ToJson([isEmail ? new OrderedRecipient { Email = Address } : new OrderedRecipient { Mobile = Address }]),
            ChannelSchema = isEmail ? ChannelSchema.Email : ChannelSchema.Sms,
            EmailSender = isEmail ? Sender : null,
            EmailSubject = Subject,
            EmailBody = isEmail ? Body : null,
            EmailContentType = ContentType,
            SmsSender = isEmail ? null : Sender,
            SmsBody = isEmail ? null : Body,
            SmsSendingTimePolicy = isEmail ? null : SendingTimePolicy.Anytime,
        };
    }

    public ClaimedNotification Claimed(Guid id, int attempt, string provider, DateTimeOffset now) => new(
        id, attempt, Address, RecipientName: null, RecipientNumber: null, now + TimeToLive, Sender, Subject, Body, ContentType ?? EmailContentType.Plain)
    {
        Channel = Channel,
        Provider = provider,
    };
}
