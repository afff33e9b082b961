using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class ShipmentSteps
{
    /// <summary>The final state and its status-feed entry, in one commit.</summary>
    public static EventActivityBinder<OrderState, T> Complete<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ForgetFallbacks(machine)
        .Then(context =>
        {
            var now = clock.GetUtcNow();
            context.Enlist(CompleteShipment.FeedEntry(context.Saga.CorrelationId, WireStatus.Completed, now));
            context.EnterFinal(now);
        })
        .TransitionTo(machine.Completed);

    public static Task HandOff(this BehaviorContext<OrderState> context, Channel channel, Guid notificationId) => channel.Name switch
    {
        nameof(Channel.Email) when context.Saga.HasAttachments => context.Send(Addresses.ComposedEmail, new SendComposedEmail(notificationId)),
        nameof(Channel.Email) => context.Send(Addresses.Email, new SendEmail(notificationId)),
        nameof(Channel.Sms) => context.Send(Addresses.Sms, new SendSms(notificationId)),
        var other => context.Send(Addresses.Of(other), new SendOverChannel(notificationId)),
    };

    public static void Enter(this OrderState shipment, DateTimeOffset now, TimeSpan patience)
    {
        shipment.StateSince = now;
        shipment.StandsUntil = now + patience;
    }

    public static void EnterFinal(this BehaviorContext<OrderState> context, DateTimeOffset now)
    {
        context.Saga.StateSince = now;
        context.Saga.StandsUntil = null;
        if (context.Saga.HasAttachments)
            context.Enlist(KeepAttachments.Forget(context.Saga.CorrelationId));
    }
}
