using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class SendTimeSteps
{
    /// <summary>The send time has come, unless the shipment was moved to a later one meanwhile.</summary>
    public static EventActivityBinder<OrderState, T> Start<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .IfElse(context => context.Saga.SendTime > clock.GetUtcNow(),
            early => early.Schedule(machine.SendTime, context => new SendTimeReached(context.Saga.CorrelationId), context => context.Saga.SendTime.UtcDateTime),
            due => due
                .Then(context => context.Saga.SendTime = clock.GetUtcNow())
                .IfElse(context => context.Saga.Condition is not null,
                    conditional => conditional
                        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Lookup))
                        .AskCondition(clock)
                        .TransitionTo(machine.CheckingCondition),
                    plain => plain.Proceed(machine, clock)));

    public static EventActivityBinder<OrderState, T> Proceed<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .IfElse(context => context.Saga.DirectChannel is not null,
            address => address.IfElse(context => context.Saga.HasAttachments,
                composed => composed.AskForAttachments(clock).TransitionTo(machine.FetchingAttachments),
                plain => plain.NotifyOrderedAddress(clock).TransitionTo(machine.Sending)),
            somebody => somebody.AskForRecipients(clock).TransitionTo(machine.ResolvingRecipients));

    public static EventActivityBinder<OrderState, T> NotifyOrderedAddress<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .ThenAsync(async context =>
        {
            var now = clock.GetUtcNow();
            var shipment = context.Saga;
            var notificationId = NewId.NextGuid();
            var channel = shipment.DirectChannel!;
            var time = HandOffTimes.Of(shipment, channel, now);
            context.Enlist(PlanNotifications.ToOrderedAddress(shipment.CorrelationId, notificationId, channel, now, time, shipment.HasAttachments));
            if (time.IsAt(now))
                await context.HandOff(channel, notificationId);
            shipment.Enter(now, time.DriveAt - now + Patience.Reports);
        });
}
