using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class RecipientSteps
{
    private const int RecipientsInOneStep = 500;

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

    /// <summary>
    /// Turns what the resolver found into notifications; the shipment is complete at once when nobody can be reached. Of many recipients,
    /// so many at a time that other shipments do not wait for this one.
    /// </summary>
    public static EventActivityBinder<OrderState, T> ChooseNotifications<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(async context =>
        {
            var chosen = await Choose(context);
            context.AddOrUpdatePayload(() => chosen, _ => chosen);
        })
        .IfElse(context => context.Chosen().FoundNothing,
            nothingFound => nothingFound.AskForRecipients(clock),
            found => found.Notify(machine, clock));

    public static EventActivityBinder<OrderState, T> PlanMore<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Lookup))
        .Publish(context => new PlanMoreNotifications(context.Saga.CorrelationId, context.Saga.PlannedRecipients));

    /// <summary>The bound of looking up recipients is reached: whoever was to be looked up ends with a failure that the owner sees.</summary>
    public static EventActivityBinder<OrderState, T> GiveUp<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(async context =>
        {
            var order = await context.GetServiceOrCreateInstance<ReadRecipients>().Order(context.Saga.CorrelationId, context.CancellationToken);
            var failed = new ChosenNotifications(SelectNotifications.NeverResolved(order!), HasMore: false, FoundNothing: false);
            context.AddOrUpdatePayload(() => failed, _ => failed);
        })
        .Notify(machine, clock);

    private static EventActivityBinder<OrderState, T> Notify<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(context => Plan(context, context.Chosen(), clock.GetUtcNow()))
        .IfElse(context => context.Chosen().HasMore,
            more => more
                .Then(context => context.Saga.PlannedRecipients += RecipientsInOneStep)
                .PlanMore(clock)
                .TransitionTo(machine.PlanningNotifications),
            all => all.IfElse(context => context.Saga.PlannedRecipients > 0,
                // Notifications of an earlier part may all be final, unheard: the reconciler looks at once.
                parts => parts.Then(context => context.Saga.Enter(clock.GetUtcNow(), TimeSpan.Zero)).TransitionTo(machine.Sending),
                whole => whole.IfElse(context => context.Chosen().Notifications.Any(n => n.State == NotificationState.New),
                    reachable => reachable.TransitionTo(machine.Sending),
                    nobody => nobody.Complete(machine, clock))));

    private static async Task<ChosenNotifications> Choose(BehaviorContext<OrderState> context)
    {
        var from = context.Saga.PlannedRecipients;
        var found = await context.GetServiceOrCreateInstance<ReadRecipients>().Found(context.Saga.CorrelationId, from, RecipientsInOneStep, context.CancellationToken);
        return found is { } some && (some.Recipients.Count > 0 || from > 0)
            ? new(SelectNotifications.For(some.Order, some.Recipients), some.HasMore, FoundNothing: false)
            : new([], HasMore: false, FoundNothing: true);
    }

    private static ChosenNotifications Chosen(this BehaviorContext<OrderState> context) => context.GetPayload<ChosenNotifications>();

    private static async Task Plan(BehaviorContext<OrderState> context, ChosenNotifications chosen, DateTimeOffset now)
    {
        var shipment = context.Saga;
        var planned = chosen.Notifications.Select(n => new PlannedNotification(NewId.NextGuid(), n.Channel, n.Address, n.RecipientName, n.State, n.Recipient, n.ResourceName)).ToArray();
        var times = planned.Select(n => n.Channel).Distinct().ToDictionary(channel => channel, channel => HandOffTimes.Of(shipment, channel, now));
        context.Enlist(PlanNotifications.Insert(
            shipment.CorrelationId, planned, now, channel => times[channel], isFirst: shipment.PlannedRecipients == 0, isLast: !chosen.HasMore));
        foreach (var notification in planned.Where(n => n.State == NotificationState.New && times[n.Channel].IsAt(now)))
            await context.HandOff(notification.Channel, notification.Id);
        shipment.Enter(now, Patience.Reports);
    }

    private sealed record ChosenNotifications(IReadOnlyList<SelectedNotification> Notifications, bool HasMore, bool FoundNothing);
}
