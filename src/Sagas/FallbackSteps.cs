using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class FallbackSteps
{
    /// <summary>Goes on to the other channel where the first messages have failed or were not reported in time.</summary>
    public static EventActivityBinder<OrderState, T> FallBack<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .Look(clock)
        .ThenAsync(context => Use(context, clock.GetUtcNow()))
        .If(context => context.Saga.FallbackTokenId is null && context.Seen().NextDueAt is not null, waits => waits.AwaitFallback(machine));

    /// <summary>The time of the first of those that wait has come.</summary>
    public static EventActivityBinder<OrderState, FallbackTimeReached> FallBackInTime(
        this EventActivityBinder<OrderState, FallbackTimeReached> step, OrderStateMachine machine, TimeProvider clock) => step
        .Look(clock)
        .ThenAsync(context => Use(context, clock.GetUtcNow()))
        .If(context => context.Seen().NextDueAt is not null, waits => waits.AwaitFallback(machine));

    /// <summary>
    /// Everything was final when this was said. A shipment that had more to come since, another channel or more of its recipients, is
    /// looked at again.
    /// </summary>
    public static EventActivityBinder<OrderState, T> CompleteWhenSettled<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .IfElse(context => context.Saga.HasFallback || context.Saga.PlannedRecipients > 0,
            more => more.FallBack(machine, clock).If(context => context.Seen().IsOver, over => over.Complete(machine, clock)),
            plain => plain.Complete(machine, clock));

    /// <summary>The first due time of what is kept is the shipment's next timer.</summary>
    public static EventActivityBinder<OrderState, T> AwaitFallback<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine)
        where T : class => step
        .Schedule(machine.FallbackTime, context => new FallbackTimeReached(context.Saga.CorrelationId), context => context.Seen().NextDueAt!.Value.UtcDateTime);

    public static EventActivityBinder<OrderState, T> ForgetFallbacks<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine)
        where T : class => step
        .If(context => context.Saga.HasFallback, some => some
            .Unschedule(machine.FallbackTime)
            .Then(context => context.Enlist(Fallbacks.Forget(context.Saga.CorrelationId))));

    public static void See(this PipeContext context, SeenFallbacks seen) => context.AddOrUpdatePayload(() => seen, _ => seen);

    private static EventActivityBinder<OrderState, T> Look<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .ThenAsync(async context =>
        {
            var now = clock.GetUtcNow();
            var open = await context.GetServiceOrCreateInstance<ReadFallbacks>().Open(context.Saga.CorrelationId, now, context.CancellationToken);
            var used = open.Fallbacks.SelectMany(fallback => FallbackRules.Decide(fallback, now) is { } reason ? [new UsedFallback(fallback, reason)] : Array.Empty<UsedFallback>()).ToArray();
            context.See(new SeenFallbacks(used, open.NextDueAt, IsOver: open.IsSettled && used.Length == 0));
        });

    private static async Task Use(BehaviorContext<OrderState> context, DateTimeOffset now)
    {
        foreach (var fallbacks in context.Seen().Used.GroupBy(f => f.Fallback.Channel))
        {
            var time = HandOffTimes.Of(context.Saga, fallbacks.Key, now);
            context.Enlist(Fallbacks.Use(context.Saga.CorrelationId, fallbacks.ToDictionary(f => f.Fallback.InsteadOf, f => f.Reason.ToString()), now, time));
            foreach (var id in fallbacks.SelectMany(f => f.Fallback.Ids).Where(_ => time.IsAt(now)))
                await context.HandOff(fallbacks.Key, id);
            context.Saga.Enter(now, time.DriveAt - now + Patience.Reports);
        }
    }

    private static SeenFallbacks Seen(this PipeContext context) => context.GetPayload<SeenFallbacks>();
}

/// <summary>What a step found of the fallbacks of its shipment.</summary>
/// <param name="Used">Those that go out now.</param>
/// <param name="NextDueAt">When the next one may.</param>
/// <param name="IsOver">Whether everything is final, and nothing goes out any more.</param>
internal sealed record SeenFallbacks(IReadOnlyList<UsedFallback> Used, DateTimeOffset? NextDueAt, bool IsOver);

internal sealed record UsedFallback(OpenFallback Fallback, FallbackReason Reason);
