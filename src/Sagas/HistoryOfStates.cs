using MassTransit;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>Keeps every change of state, with the message that caused it, in the commit of the step.</summary>
internal sealed class HistoryOfStates(TimeProvider clock) : IStateObserver<OrderState>
{
    public Task StateChanged(BehaviorContext<OrderState> context, State currentState, State previousState)
    {
        context.Enlist(KeepHistory.Of(context.Saga.CorrelationId, clock.GetUtcNow(), HistoryKind.StateChanged, currentState.Name, Cause(context)));
        return Task.CompletedTask;
    }

    private static string Cause(BehaviorContext<OrderState> context) =>
        context.Event.GetType().GetGenericArguments() is [.., var message] ? message.Name : context.Event.Name;
}
