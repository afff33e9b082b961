using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>Writes the saga instance of an accepted shipment, with what will start it: a message now, or a timer.</summary>
public static class BeginShipment
{
    /// <param name="joinsBacklog">Whether it waits to be admitted when it is due now.</param>
    public static async Task Begin(
        this OutboxUnitOfWork work, Shipment shipment, Channel? directChannel, DateTimeOffset now, CancellationToken cancellationToken,
        bool hasAttachments = false, bool joinsBacklog = false)
    {
        var state = new OrderState
        {
            CorrelationId = shipment.Id,
            CurrentState = nameof(OrderStateMachine.Scheduled),
            StateSince = now,
            SendTime = shipment.RequestedSendTime,
            StandsUntil = shipment.RequestedSendTime + Patience.Start,
            DirectChannel = directChannel,
            HasAttachments = hasAttachments,
            SendingWindow = SendingTimes.Of(shipment),
            Condition = shipment.ConditionEndpoint is null && shipment.InstanceConditions is null ? null : shipment.ConditionOnError ?? ConditionOnError.Send,
        };

        if (shipment.RequestedSendTime <= now && joinsBacklog)
        {
            state.StandsUntil = now + Patience.Admission;
            work.Enlist(Backlogs.Join(shipment.Creator, shipment.Id));
        }
        else if (shipment.RequestedSendTime <= now)
        {
            await work.Publish(new ShipmentDue(shipment.Id), cancellationToken);
        }
        else
        {
            // By its own id the timer is known to Backlogs.TakeOver.
            state.SendTimeTokenId = shipment.Id;
            await work.SchedulePublish(shipment.RequestedSendTime, shipment.Id, new SendTimeReached(shipment.Id), cancellationToken);
        }
        work.Add(state);
    }

    /// <summary>Writes the saga instance of a shipment whose only notification is claimed in the same commit, so that there is nothing to start.</summary>
    public static void BeginClaimed(this OutboxUnitOfWork work, Shipment shipment, Channel channel, DateTimeOffset now) => work.Add(new OrderState
    {
        CorrelationId = shipment.Id,
        CurrentState = nameof(OrderStateMachine.Sending),
        StateSince = now,
        SendTime = shipment.RequestedSendTime,
        StandsUntil = now + Patience.Reports,
        DirectChannel = channel,
    });
}
