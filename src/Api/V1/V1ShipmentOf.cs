using MassTransit;
using Notifications.Api.Orders;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>Turns an order of the first version that is valid into the rows it becomes. The order and its one shipment share their id.</summary>
internal static class V1ShipmentOf
{
    public static (Order Order, Shipment Shipment) Request(V1OrderRequest request, IReadOnlyList<OrderedRecipient> recipients, string creator, DateTimeOffset now)
    {
        var id = NewId.NextGuid();
        var order = new Order { Id = id, Creator = creator, Kind = OrderKind.V1, CreatedAt = now };
        var shipment = new Shipment
        {
            Id = id,
            OrderId = id,
            Ordinal = 0,
            Type = ShipmentType.Notification,
            Creator = creator,
            SendersReference = ShipmentsOf.Given(request.SendersReference),
            CreatedAt = now,
            RequestedSendTime = ShipmentsOf.SendTime(request.RequestedSendTime) ?? now,
            Recipients = OrderedRecipient.ToJson(recipients),
            ChannelSchema = request.Schema!.Value,
            IgnoreReservation = request.IgnoreReservation,
            ResourceId = ShipmentsOf.Given(request.ResourceId),
            ResourceAction = ShipmentsOf.Given(request.ResourceAction),
            ConditionEndpoint = request.ConditionEndpoint?.AbsoluteUri,
            EmailSender = ShipmentsOf.Given(request.Email?.FromAddress),
            EmailSubject = request.Email?.Subject.ReplaceLineEndings(" "),
            EmailBody = request.Email?.Body,
            EmailContentType = request.Email?.ContentType,
            SmsSender = ShipmentsOf.Given(request.Sms?.SenderNumber),
            SmsBody = request.Sms?.Body,
            SmsSendingTimePolicy = request.Sms is null ? null : SendingTimePolicy.Daytime,
        };
        return (order, shipment);
    }

    /// <summary>Without the addresses that the order's channels do not use.</summary>
    public static IReadOnlyList<OrderedRecipient> Recipients(V1OrderRequest request) => [.. request.Recipients.Select(r => new OrderedRecipient
    {
        Email = request.Schema == ChannelSchema.Sms ? null : ShipmentsOf.Given(r.EmailAddress),
        Mobile = request.Schema == ChannelSchema.Email || string.IsNullOrEmpty(r.MobileNumber) ? null : r.MobileNumber,
        NationalIdentityNumber = ShipmentsOf.Given(r.NationalIdentityNumber),
        OrganizationNumber = ShipmentsOf.Given(r.OrganizationNumber),
    })];
}
