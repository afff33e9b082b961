using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class AttachmentSteps
{
    public static EventActivityBinder<OrderState, T> AskForAttachments<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Fetch))
        .Send(Addresses.Attachments, context => new FetchAttachments(context.Saga.CorrelationId));

    /// <summary>A while later the shipment stands still, and is driven again.</summary>
    public static EventActivityBinder<OrderState, AttachmentsUnavailable> FetchLater(
        this EventActivityBinder<OrderState, AttachmentsUnavailable> step, TimeProvider clock) => step
        .Then(context =>
        {
            var now = clock.GetUtcNow();
            context.Saga.Enter(now, Retry.FetchPause(context.Saga, now));
        });

    /// <summary>An e-mail is sent with all that goes with it, or it fails where its owner sees it.</summary>
    public static EventActivityBinder<OrderState, T> FailByAttachments<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .Then(context => context.Enlist(KeepAttachments.Fail(context.Saga.CorrelationId, NewId.NextGuid(), clock.GetUtcNow())))
        .Complete(machine, clock);
}
