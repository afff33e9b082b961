using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

internal static class ConditionSteps
{
    public static EventActivityBinder<OrderState, T> AskCondition<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context =>
        {
            var now = clock.GetUtcNow();
            context.Saga.ConditionAskedAt = now;
            context.Saga.StandsUntil = now + Patience.Lookup;
        })
        .Send(Addresses.Conditions, context => new CheckCondition(context.Saga.CorrelationId));

    /// <summary>No answer: asks again later, or does what the order says.</summary>
    public static EventActivityBinder<OrderState, T> WithoutAnswer<T>(
        this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock,
        Func<EventActivityBinder<OrderState, T>, EventActivityBinder<OrderState, T>> send,
        Func<EventActivityBinder<OrderState, T>, EventActivityBinder<OrderState, T>> stop)
        where T : class => step
        .Then(context => context.Saga.ConditionTries++)
        .Then(context => context.Enlist(KeepHistory.Of(context.Saga.CorrelationId, clock.GetUtcNow(), HistoryKind.ConditionUnanswered)))
        .IfElse(context => Decision(context, clock) == AfterNoAnswer.AskAgain,
            again => again.AskLater(machine, clock),
            decided => decided.IfElse(context => Decision(context, clock) == AfterNoAnswer.Send,
                met => send(met.CountAsMet(clock)),
                notMet => stop(notMet)));

    /// <summary>Counts from the question, not from the answer.</summary>
    public static EventActivityBinder<OrderState, ConditionMet> RememberMet(this EventActivityBinder<OrderState, ConditionMet> step) => step
        .Then(context =>
        {
            context.Saga.ConditionTries = 0;
            context.Saga.ConditionMetAt = context.Saga.ConditionMetAt > context.Message.AskedAt ? context.Saga.ConditionMetAt : context.Message.AskedAt;
        });

    /// <summary>Messages whose time has come may leave; the reconciler drives them at once.</summary>
    public static EventActivityBinder<OrderState, T> ReleaseHandOffs<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context =>
        {
            var now = clock.GetUtcNow();
            foreach (var channel in Channel.Ordered)
            {
                var time = HandOffTimes.Of(context.Saga, channel, now);
                context.Enlist(HandOffs.Release(context.Saga.CorrelationId, channel, now, time.IsAt(now) ? time with { DriveAt = now } : time));
            }
        });

    /// <summary>The condition is not met: nothing leaves, and reminders that wait end too.</summary>
    public static EventActivityBinder<OrderState, T> StopByCondition<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .Unschedule(machine.ConditionRetry)
        .ForgetFallbacks(machine)
        .Then(context =>
        {
            var now = clock.GetUtcNow();
            context.Enlist(HandOffs.TakeBack(context.Saga.CorrelationId, now));
            context.Enlist(CompleteShipment.FeedEntry(context.Saga.CorrelationId, WireStatus.SendConditionNotMet, now));
            context.EnterFinal(now);
            foreach (var statement in CancelShipments.Statements(CancelScope.RemindersOfStopped(context.Saga.CorrelationId), WireStatus.Cancelled, now))
                context.Enlist(statement);
        })
        .TransitionTo(machine.ConditionNotMet);

    /// <summary>As <see cref="StopByCondition"/>, when nothing was handed off; otherwise what was goes on, and what was not is taken back.</summary>
    public static EventActivityBinder<OrderState, T> StopTheRest<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .IfElseAsync(context => context.GetServiceOrCreateInstance<ReadConditions>().IsHandedOff(context.Saga.CorrelationId, context.CancellationToken),
            some => some
                .Unschedule(machine.ConditionRetry)
                .ForgetFallbacks(machine)
                .Then(context =>
                {
                    var now = clock.GetUtcNow();
                    context.Enlist(KeepHistory.Of(context.Saga.CorrelationId, now, HistoryKind.RestStopped));
                    context.Enlist(HandOffs.TakeBack(context.Saga.CorrelationId, now));
                    // What is left may all be final, unheard: the reconciler looks at once.
                    context.Saga.Enter(now, TimeSpan.Zero);
                }),
            none => none.StopByCondition(machine, clock));

    private static EventActivityBinder<OrderState, T> AskLater<T>(this EventActivityBinder<OrderState, T> step, OrderStateMachine machine, TimeProvider clock)
        where T : class => step
        .Then(context => context.Saga.StandsUntil = clock.GetUtcNow() + ConditionRules.Pause(context.Saga.ConditionTries) + Patience.Lookup)
        .Schedule(machine.ConditionRetry,
            context => new AskConditionAgain(context.Saga.CorrelationId),
            context => (clock.GetUtcNow() + ConditionRules.Pause(context.Saga.ConditionTries)).UtcDateTime);

    private static EventActivityBinder<OrderState, T> CountAsMet<T>(this EventActivityBinder<OrderState, T> step, TimeProvider clock)
        where T : class => step
        .Then(context =>
        {
            context.Saga.ConditionTries = 0;
            context.Saga.ConditionMetAt = clock.GetUtcNow();
        });

    /// <summary>Messages that are planned have an expiry of their own.</summary>
    private static AfterNoAnswer Decision(BehaviorContext<OrderState> context, TimeProvider clock) =>
        ConditionRules.Decide(context.Saga.Condition!.Value, context.Saga.ConditionTries, isOver: context.Saga.CurrentState != nameof(OrderStateMachine.Sending) && Retry.IsOver(context.Saga, clock.GetUtcNow()));
}
