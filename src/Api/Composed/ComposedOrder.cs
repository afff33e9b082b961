using MassTransit;
using Notifications.Api.Orders;
using Notifications.Store;

namespace Notifications.Api.Composed;

/// <summary>Turns a request that is valid into the rows it becomes.</summary>
internal sealed class ComposedOrder(ComposedOrderRequest request, string creator, DateTimeOffset now)
{
    private readonly ComposedEmailSettings _email = request.Recipient.Settings;

    public Order Order(string fingerprint) => new()
    {
        Id = NewId.NextGuid(),
        Creator = creator,
        Kind = OrderKind.Composed,
        IdempotencyId = request.IdempotencyId,
        Fingerprint = fingerprint,
        CreatedAt = now,
        DialogId = request.DialogportenAssociation?.DialogId,
        TransmissionId = request.DialogportenAssociation?.TransmissionId,
    };

    public Shipment Shipment(Guid orderId) => new()
    {
        Id = NewId.NextGuid(),
        OrderId = orderId,
        Ordinal = 0,
        Type = ShipmentType.Composed,
        Creator = creator,
        SendersReference = request.SendersReference,
        CreatedAt = now,
        RequestedSendTime = ShipmentsOf.SendTime(request.RequestedSendTime) ?? now,
        Recipients = OrderedRecipient.ToJson([new OrderedRecipient { Email = request.Recipient.EmailAddress.Trim() }]),
        ChannelSchema = ChannelSchema.Email,
        EmailSender = ShipmentsOf.Given(_email.SenderEmailAddress),
        EmailSubject = _email.Subject.ReplaceLineEndings(" "),
        EmailBody = _email.Body,
        EmailContentType = _email.ContentType,
        ConditionEndpoint = request.ConditionEndpoint?.AbsoluteUri,
        ConditionOnError = request.ConditionOnError,
        SendingWindow = request.SendingWindow?.ToWindow().Format(),
    };

    public IReadOnlyList<Attachment> Attachments(Guid shipmentId) =>
    [
        .. (_email.Attachments ?? []).Select((file, ordinal) => new Attachment
        {
            ShipmentId = shipmentId,
            Ordinal = ordinal,
            Filename = file.Filename,
            MimeType = file.MimeType,
            Address = file.SasUrl!.AbsoluteUri,
            ExpiresAt = SasAddress.Expiry(file.SasUrl)!.Value,
        }),
    ];
}
