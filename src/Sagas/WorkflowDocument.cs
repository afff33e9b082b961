using MassTransit;
using MassTransit.SagaStateMachine;
using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>The picture and the table of the state machine, made from the machine itself.</summary>
public static class WorkflowDocument
{
    public const string Command = "workflow";

    public static string Make()
    {
        var machine = new OrderStateMachine(new NobodysClock());
        var ways = new Ways();
        machine.Accept(ways);
        var states = machine.States.Where(s => s != machine.Initial && s != machine.Final).ToArray();
        var heard = ways.Heard.Where(h => states.Any(s => s.Name == h.State)).OrderBy(h => Array.FindIndex(states, s => s.Name == h.State)).ToArray();
        var open = heard.Select(h => h.State).Distinct(StringComparer.Ordinal).ToArray();

        string[] lines =
        [
            "# The way of a shipment", "",
            "Made from `src/Sagas/OrderStateMachine.cs` by `dotnet run -c Release --project src/Api -- workflow docs/workflow.md`; a test fails when it is stale.",
            "A shipment is cancelled by its owner, or with its main shipment, under the locks of its rows and not by a message, as long as no provider may have any of its messages.", "",
            "```mermaid", "stateDiagram-v2", $"    [*] --> {nameof(OrderStateMachine.Scheduled)}: order accepted",
            .. from way in heard.SelectMany(h => h.To.Where(to => to != h.State).Select(to => (h.State, To: to, h.Message))).GroupBy(w => (w.State, w.To))
               select $"    {way.Key.State} --> {way.Key.To}: {string.Join(", ", way.Select(w => w.Message).Distinct(StringComparer.Ordinal))}",
            .. open.Select(state => $"    {state} --> {nameof(OrderStateMachine.Cancelled)}: cancelled"),
            .. states.ExceptBy(open, s => s.Name, StringComparer.Ordinal).Select(end => $"    {end.Name} --> [*]"),
            "```", "",
            "What a state does not list it hears and ignores: late, repeated and reordered messages change nothing.", "",
            "| State | On the wire | Hears | Goes on to |", "|---|---|---|---|",
            .. states.SelectMany(state => Rows(state.Name, [.. heard.Where(h => h.State == state.Name)])),
            "",
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Rows(string state, IReadOnlyCollection<(string State, string Message, List<string> To)> heard) => heard.Count == 0
        ? [$"| `{state}` | `{WireStatus.Of(state)}` | nothing any more | |"]
        : heard.Select(h => $"| `{state}` | `{WireStatus.Of(state)}` | `{h.Message}` | {(h.To.Count == 0 ? "stays" : string.Join(", ", h.To.Select(to => $"`{to}`")))} |");

    private sealed class NobodysClock : TimeProvider;

    /// <summary>Walks through the machine and notes what each state hears, and where that may lead.</summary>
    private sealed class Ways : StateMachineVisitor
    {
        private string _state = "";

        public List<(string State, string Message, List<string> To)> Heard { get; } = [];

        public void Visit(State state, Action<State> next)
        {
            _state = state.Name;
            next(state);
        }

        public void Visit(Event @event, Action<Event> next) => next(@event);

        public void Visit<TMessage>(Event<TMessage> @event, Action<Event<TMessage>> next)
            where TMessage : class
        {
            // Of a timer both the current one and any that comes are events; the machine's own is the first.
            Heard.Add((@event.Name.EndsWith(".AnyReceived", StringComparison.Ordinal) ? "" : _state, typeof(TMessage).Name, []));
            next(@event);
        }

        public void Visit(IStateMachineActivity activity) => Note(activity);

        public void Visit(IStateMachineActivity activity, Action<IStateMachineActivity> next)
        {
            Note(activity);
            next(activity);
        }

        public void Visit<T>(IBehavior<T> behavior)
            where T : class, SagaStateMachineInstance
        {
        }

        public void Visit<T>(IBehavior<T> behavior, Action<IBehavior<T>> next)
            where T : class, SagaStateMachineInstance => next(behavior);

        public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior)
            where T : class, SagaStateMachineInstance
            where TMessage : class
        {
        }

        public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior, Action<IBehavior<T, TMessage>> next)
            where T : class, SagaStateMachineInstance
            where TMessage : class => next(behavior);

        private void Note(IStateMachineActivity activity)
        {
            if (activity is TransitionActivity<OrderState> { ToState.Name: var to } && !Heard[^1].To.Contains(to, StringComparer.Ordinal))
                Heard[^1].To.Add(to);
        }
    }
}
