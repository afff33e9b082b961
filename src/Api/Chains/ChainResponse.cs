using Notifications.Api.Shipments;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>An order: its main shipment and then its reminders.</summary>
/// <param name="Status">
/// <c>Order_Registered</c> while every shipment waits, <c>Order_Processing</c> as long as any of them may still send, then
/// <c>Order_Completed</c>, or the main shipment's status when none was sent.
/// </param>
public sealed record ChainResponse(
    Guid NotificationOrderId, string? SendersReference, DateTime Created, string Status, IReadOnlyList<ChainResponse.Shipment> Shipments)
{
    public static ChainResponse Of(ChainView chain, Func<ShipmentView, string?>? tooLate = null) => new(
        chain.Id, chain.Shipments[0].SendersReference, chain.Created.UtcDateTime,
        WireStatus.OfChain([.. chain.Shipments.Select(s => WireStatus.Of(s.State))]),
        [.. chain.Shipments.Select(s => Shipment.Of(s, tooLate?.Invoke(s)))]);

    /// <param name="TooLate">In the answer to a change: why this shipment could not be changed any more.</param>
    public sealed record Shipment(
        Guid ShipmentId, string? SendersReference, ShipmentType Type, string Status, DateTime LastUpdate, DateTime RequestedSendTime,
        IReadOnlyList<ShipmentResponse.Recipient> Recipients, string? TooLate)
    {
        internal static Shipment Of(ShipmentView shipment, string? tooLate)
        {
            var (id, reference, type, status, lastUpdate, recipients) = ShipmentResponse.Of(shipment);
            return new(id, reference, type, status, lastUpdate, shipment.RequestedSendTime.UtcDateTime, recipients, tooLate);
        }
    }
}
