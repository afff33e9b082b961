using MassTransit;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>Turns an order request that is valid into the rows it becomes.</summary>
internal sealed class ShipmentsOf(Guid orderId, string creator, OrderRequest request, DateTimeOffset now)
{
    private readonly DateTimeOffset _sendTime = SendTime(request.RequestedSendTime) ?? now;

    /// <summary>The main shipment and then its reminders.</summary>
    public IReadOnlyList<Shipment> All() =>
    [
        Shipment(0, ShipmentType.Notification, request.SendersReference, _sendTime, request.Recipient),
        .. (request.Reminders ?? []).Select((reminder, index) => Shipment(
            index + 1, ShipmentType.Reminder, reminder.SendersReference,
            SendTime(reminder.RequestedSendTime) ?? _sendTime.AddDays(reminder.DelayDays!.Value), reminder.Recipient, reminder.DelayDays)),
    ];

    /// <summary>The channel of a recipient that is an address and needs no lookup.</summary>
    public static Channel? DirectChannel(RecipientRequest recipient) =>
        recipient.RecipientEmail is not null ? Channel.Email
        : recipient.RecipientSms is not null ? Channel.Sms
        : null;

    private Shipment Shipment(int ordinal, ShipmentType type, string? reference, DateTimeOffset sendTime, RecipientRequest recipient, int? delayDays = null)
    {
        var person = recipient.RecipientPerson;
        var email = recipient.RecipientEmail?.Settings ?? person?.EmailSettings;
        var sms = recipient.RecipientSms?.Settings ?? person?.SmsSettings;
        return new Shipment
        {
            Id = NewId.NextGuid(),
            OrderId = orderId,
            Ordinal = ordinal,
            Type = type,
            Creator = creator,
            SendersReference = reference,
            CreatedAt = now,
            RequestedSendTime = sendTime,
            DelayDays = delayDays,
            Recipients = OrderedRecipient.ToJson([Ordered(recipient)]),
            ChannelSchema = person?.ChannelSchema ?? (recipient.RecipientEmail is not null ? ChannelSchema.Email : ChannelSchema.Sms),
            IgnoreReservation = person?.IgnoreReservation,
            UseStaleContactInformation = person?.UseStaleContactInformation ?? false,
            ResourceId = person?.ResourceId,
            ResourceAction = person?.ResourceAction,
            EmailSender = Given(email?.SenderEmailAddress),
            EmailSubject = email?.Subject.ReplaceLineEndings(" "),
            EmailBody = email?.Body,
            EmailContentType = email?.ContentType,
            SmsSender = Given(sms?.Sender),
            SmsBody = sms?.Body,
            SmsSendingTimePolicy = sms?.SendingTimePolicy,
        };
    }

    private static OrderedRecipient Ordered(RecipientRequest recipient) => new()
    {
        Email = recipient.RecipientEmail?.EmailAddress.Trim(),
        Mobile = recipient.RecipientSms?.PhoneNumber,
        NationalIdentityNumber = recipient.RecipientPerson?.NationalIdentityNumber,
    };

    private static DateTimeOffset? SendTime(DateTime? requested) => requested is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
