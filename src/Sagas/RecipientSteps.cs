using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class RecipientSteps
{
    private const int RecipientsInOneStep = 100;

    public static EventActivityBinder<OrderState, T> AskForRecipients<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Lookup))
        .Send(Addresses.Recipients, context => new ResolveRecipients(context.Saga.CorrelationId));

    public static EventActivityBinder<OrderState, RecipientsUnavailable> ResolveLater(
        this EventActivityBinder<OrderState, RecipientsUnavailable> step, OrderStateMachine machine, TimeProvider clock) => step
        .Then(context => context.Saga.ResolveTries++)
        .Then(context =>
        {
            if (int.IsPow2(context.Saga.ResolveTries))
                context.Enlist(KeepHistory.Of(context.Saga.CorrelationId, clock.GetUtcNow(), HistoryKind.RecipientsUnavailable));
        })
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

    /// <summary>The next part when the messages of this one have left their queue.</summary>
    private static EventActivityBinder<OrderState, T> GoOnBehindHandOffs<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context => context.Saga.Enter(clock.GetUtcNow(), Patience.Lookup))
        .ThenAsync(context =>
        {
            var (shipmentId, next) = (context.Saga.CorrelationId, context.Saga.PlannedRecipients);
            return context.Chosen().Notifications.LastOrDefault(n => n.State == NotificationState.New)?.Channel.Name switch
            {
                nameof(Channel.Email) => context.Send(Addresses.Email, new GoOnPlanning(shipmentId, next)),
                nameof(Channel.Sms) => context.Send(Addresses.Sms, new GoOnPlanning(shipmentId, next)),
                _ => context.Publish(new PlanMoreNotifications(shipmentId, next)),
            };
        });

    /// <summary>The bound of looking up recipients is reached: whoever was to be looked up ends with a failure that the owner sees.</summary>
    public static EventActivityBinder<OrderState, T> GiveUp<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(async context =>
        {
            var order = await context.GetServiceOrCreateInstance<ReadRecipients>().Order(context.Saga.CorrelationId, context.CancellationToken);
            var failed = new ChosenNotifications(SelectNotifications.NeverResolved(order!), [], FallbackAfter: null, HasMore: false, FoundNothing: false);
            context.AddOrUpdatePayload(() => failed, _ => failed);
        })
        .Notify(machine, clock);

    private static EventActivityBinder<OrderState, T> Notify<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .ThenAsync(context => Plan(context, context.Chosen(), clock.GetUtcNow()))
        .If(context => context.Saga.FallbackTokenId is null && context.Chosen() is { Fallbacks.Count: > 0, FallbackAfter: not null }, waits => waits.AwaitFallback(machine))
        .IfElse(context => context.Chosen().HasMore,
            more => more
                .Then(context => context.Saga.PlannedRecipients += RecipientsInOneStep)
                .GoOnBehindHandOffs(clock)
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
        if (found is not { } some || (some.Recipients.Count == 0 && from == 0))
            return new([], [], FallbackAfter: null, HasMore: false, FoundNothing: true);
        var chosen = context.GetServiceOrCreateInstance<ChannelRules>().Select(some.Order, some.Recipients);
        return new(chosen, FallbackRules.Plan(some.Order, some.Recipients, chosen), some.Order.FallbackAfter, some.HasMore, FoundNothing: false);
    }

    private static ChosenNotifications Chosen(this BehaviorContext<OrderState> context) => context.GetPayload<ChosenNotifications>();

    private static async Task Plan(BehaviorContext<OrderState> context, ChosenNotifications chosen, DateTimeOffset now)
    {
        var shipment = context.Saga;
        var fallbacks = chosen.Fallbacks.Select(f => (Plan: f, InsteadOf: NewId.NextGuid())).ToArray();
        var named = fallbacks.SelectMany(f => f.Plan.First.Select(n => (First: n, f.InsteadOf))).ToDictionary(f => f.First, f => (Guid?)f.InsteadOf);
        var planned = chosen.Notifications.Select(n => new PlannedNotification(
            NewId.NextGuid(), n.Channel, n.Address, n.RecipientName, n.State, n.Recipient, n.ResourceName, named.GetValueOrDefault(n), n.Language)).ToArray();
        var times = planned.Select(n => n.Channel).Distinct().ToDictionary(channel => channel, channel => HandOffTimes.Of(shipment, channel, now));
        foreach (var statement in PlanNotifications.Insert(
            shipment.CorrelationId, planned, now, channel => times[channel], isFirst: shipment.PlannedRecipients == 0, isLast: !chosen.HasMore))
            context.Enlist(statement);
        foreach (var notification in planned.Where(n => n.State == NotificationState.New && times[n.Channel].IsAt(now)))
            await context.HandOff(notification.Channel, notification.Id);
        if (fallbacks.Length > 0)
        {
            // Counted from when the first message may leave.
            var due = times[fallbacks[0].Plan.First[0].Channel] is { Opening.From: var from } && from > now ? from + chosen.FallbackAfter : now + chosen.FallbackAfter;
            context.Enlist(Fallbacks.Keep(shipment.CorrelationId, [.. fallbacks.SelectMany(f => f.Plan.Instead.Select(n => Kept(shipment.CorrelationId, f.InsteadOf, n, due)))]));
            context.See(new SeenFallbacks([], due, IsOver: false));
            shipment.HasFallback = true;
        }
        shipment.Enter(now, Patience.Reports);
    }

    private static KeptFallback Kept(Guid shipmentId, Guid insteadOf, SelectedNotification message, DateTimeOffset? due) => new()
    {
        Id = NewId.NextGuid(),
        ShipmentId = shipmentId,
        InsteadOf = insteadOf,
        Channel = message.Channel,
        Address = message.Address,
        RecipientName = message.RecipientName,
        ResourceName = message.ResourceName,
        Language = message.Language,
        NationalIdentityNumber = message.Recipient.NationalIdentityNumber,
        OrganizationNumber = message.Recipient.OrganizationNumber,
        ExternalIdentity = message.Recipient.ExternalIdentity,
        DueAt = due,
    };

    private sealed record ChosenNotifications(
        IReadOnlyList<SelectedNotification> Notifications, IReadOnlyList<PlannedFallback> Fallbacks, TimeSpan? FallbackAfter, bool HasMore, bool FoundNothing);
}
