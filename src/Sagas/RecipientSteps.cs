using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class RecipientSteps
{
    public static EventActivityBinder<OrderState, T> AskForRecipients<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Lookup))
        .Send(Addresses.Recipients, context => new ResolveRecipients(context.Saga.CorrelationId));

    public static EventActivityBinder<OrderState, RecipientsUnavailable> ResolveLater(
        this EventActivityBinder<OrderState, RecipientsUnavailable> step, OrderStateMachine machine, TimeProvider clock) => step
        .Then(context => context.Saga.ResolveTries++)
        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Lookup))
        .Schedule(machine.ResolveRetry,
            context => new ResolveAgain(context.Saga.CorrelationId),
            context => (clock.GetUtcNow() + Backoff.After(context.Saga.ResolveTries)).UtcDateTime);

    /// <summary>Turns what the resolver found into notifications; the shipment is complete at once when nobody can be reached.</summary>
    public static EventActivityBinder<OrderState, RecipientsResolved> ChooseNotifications(
        this EventActivityBinder<OrderState, RecipientsResolved> step, OrderStateMachine machine, TimeProvider clock) => step
        .ThenAsync(async context =>
        {
            var chosen = await Choose(context);
            context.AddOrUpdatePayload(() => chosen, _ => chosen);
        })
        .IfElse(context => context.Chosen().Count == 0,
            nothingFound => nothingFound.AskForRecipients(clock),
            found => found.Notify(machine, clock));

    /// <summary>The bound of looking up recipients is reached: whoever was to be looked up ends with a failure that the owner sees.</summary>
    public static EventActivityBinder<OrderState, T> GiveUp<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(async context =>
        {
            var order = await context.GetServiceOrCreateInstance<ReadRecipients>().Order(context.Saga.CorrelationId, context.CancellationToken);
            var failed = new ChosenNotifications(SelectNotifications.NeverResolved(order!));
            context.AddOrUpdatePayload(() => failed, _ => failed);
        })
        .Notify(machine, clock);

    private static EventActivityBinder<OrderState, T> Notify<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(context => Plan(context, context.Chosen(), clock.GetUtcNow()))
        .IfElse(context => context.Chosen().Any(n => n.State == NotificationState.New),
            reachable => reachable.TransitionTo(machine.Sending),
            nobody => nobody.Complete(machine, clock));

    private static async Task<ChosenNotifications> Choose(BehaviorContext<OrderState> context) =>
        await context.GetServiceOrCreateInstance<ReadRecipients>().Found(context.Saga.CorrelationId, context.CancellationToken) is { } resolved
            ? new(SelectNotifications.For(resolved.Order, resolved.Found))
            : new([]);

    private static IReadOnlyList<SelectedNotification> Chosen(this BehaviorContext<OrderState> context) => context.GetPayload<ChosenNotifications>().Notifications;

    private static async Task Plan(BehaviorContext<OrderState> context, IReadOnlyList<SelectedNotification> chosen, DateTimeOffset now)
    {
        var shipment = context.Saga;
        var planned = chosen.Select(n => new PlannedNotification(NewId.NextGuid(), n.Channel, n.Address, n.RecipientName, n.State, n.Recipient)).ToArray();
        context.Enlist(PlanNotifications.Insert(
            shipment.CorrelationId, planned, now, Expiry.Of(shipment.SendTime, now), now + Retry.LostCommand));
        foreach (var notification in planned.Where(n => n.State == NotificationState.New))
            await context.HandOff(notification.Channel, notification.Id);
        shipment.Enter(now, Patience.Reports);
    }

    private sealed record ChosenNotifications(IReadOnlyList<SelectedNotification> Notifications);
}
