using Notifications.Api.V1;
using Notifications.Store;

namespace Notifications.Api.Support;

/// <summary>A shipment with what became of its messages to one recipient.</summary>
public sealed record RecipientShipment(
    Guid ShipmentId, string CreatorName, string? ResourceId, string? SendersReference, DateTime RequestedSendTime,
    ChannelSchema NotificationChannel, ShipmentType NotificationType, IReadOnlyList<RecipientShipment.Attempt> DeliveryAttempts)
{
    internal static RecipientShipment Of(FoundShipment shipment, SupportSubject kind, string number) => new(
        shipment.Id, shipment.Creator, shipment.ResourceId, shipment.SendersReference, shipment.RequestedSendTime.UtcDateTime, shipment.ChannelSchema, shipment.Type,
        [.. shipment.Notifications.Select(n => new Attempt(
            kind == SupportSubject.Person ? number : null,
            kind == SupportSubject.Organization ? number : null,
            n.Channel == Channel.Email ? "email" : "sms",
            n.Channel == Channel.Email && n.Address.Length > 0 ? n.Address : null,
            n.Channel == Channel.Sms && n.Address.Length > 0 ? n.Address : null,
            // As the first version spells them, but for the one that it does not know.
            n.State == NotificationState.Failed_TTL ? nameof(NotificationState.Failed_TTL) : V1Status.Of(n.State),
            n.LastUpdate.UtcDateTime))]);

    /// <param name="Channel"><c>email</c> or <c>sms</c>.</param>
    /// <param name="EmailAddress">Left out when the recipient could not be reached; the result says why.</param>
    public sealed record Attempt(
        string? NationalIdentityNumber, string? OrganizationNumber, string Channel, string? EmailAddress, string? MobileNumber, string Result, DateTime ResultTime);
}
