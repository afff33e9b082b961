using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>Moves a shipment that waits for its send time, with what will start it then.</summary>
public static class RescheduleShipment
{
    /// <summary>False when the shipment waits no longer.</summary>
    public static async Task<bool> Reschedule(this OutboxTransaction work, Guid shipmentId, DateTimeOffset sendTime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moved = await MoveSendTime.Move(work.Transaction, shipmentId, sendTime, NewId.NextGuid, Patience.Start, now, cancellationToken);
        foreach (var shipment in moved)
        {
            if (shipment.OldTimer is { } old)
                work.CancelScheduled(old);
            if (shipment.SendTime <= now)
                await work.Publish(new ShipmentDue(shipment.Id), cancellationToken);
            else
                await work.SchedulePublish(shipment.SendTime, shipment.NewTimer, new SendTimeReached(shipment.Id), cancellationToken);
        }
        return moved.Count > 0;
    }
}
