using MassTransit;
using Notifications.Durability;

namespace Notifications.Tests.DurabilityContract;

public sealed class ParcelStateMachine : MassTransitStateMachine<Parcel>
{
    public ParcelStateMachine(TimeProvider clock)
    {
        InstanceState(parcel => parcel.CurrentState);
        Event(() => Start, e => e.CorrelateById(context => context.Message.Id));
        Event(() => Add, e => e.CorrelateById(context => context.Message.Id));
        Event(() => AddByLabel, e => e.CorrelateBy((parcel, context) => parcel.Label == context.Message.Label));
        Event(() => AddToEach, e => e.CorrelateBy((parcel, context) => context.Message.Ids.Contains(parcel.CorrelationId)));
        Event(() => Run, e => e.CorrelateById(context => context.Message.Id));
        Event(() => Wait, e => e.CorrelateById(context => context.Message.Id));
        Event(() => Stop, e => e.CorrelateById(context => context.Message.Id));
        Event(() => Close, e => e.CorrelateById(context => context.Message.Id));
        Schedule(() => Waiting, parcel => parcel.WaitToken, s => s.Received = e => e.CorrelateById(context => context.Message.Id));

        Initially(
            When(Start).Then(context => Describe(context.Saga, context.Message.Label, clock)).TransitionTo(Open),
            When(Add).Then(context => context.Saga.Weight += context.Message.Weight).TransitionTo(Open));

        During(Open,
            When(Start).Then(context => Describe(context.Saga, context.Message.Label, clock)),
            When(Add).Then(context => context.Saga.Weight += context.Message.Weight)
                .Publish(context => new ParcelWeighed(context.Saga.CorrelationId, context.Saga.Weight)),
            When(AddByLabel).Then(context => context.Saga.Weight += context.Message.Weight),
            When(AddToEach).If(context => context.Message.Sql is not null, with => with.Then(context => context.Enlist(new Statement(context.Message.Sql!))))
                .Then(context => context.Saga.Weight += context.Message.Weight)
                .Publish(context => new ParcelWeighed(context.Saga.CorrelationId, context.Saga.Weight)),
            When(Run).Then(context => context.Enlist(new Statement(context.Message.Sql)))
                .Then(context => context.Saga.Weight += 1)
                .Publish(context => new ParcelWeighed(context.Saga.CorrelationId, context.Saga.Weight)),
            When(Wait).Schedule(Waiting, context => new WaitElapsed(context.Saga.CorrelationId), context => context.Message.At.UtcDateTime),
            When(Stop).Unschedule(Waiting),
            When(Waiting!.Received).Then(context => context.Saga.Fired++),
            When(Close).Then(context => context.Saga.ClosedAt = clock.GetUtcNow()).Finalize());
    }

    public State Open { get; } = null!;
    public Event<StartParcel> Start { get; } = null!;
    public Event<AddWeight> Add { get; } = null!;
    public Event<AddWeightByLabel> AddByLabel { get; } = null!;
    public Event<AddWeightToEach> AddToEach { get; } = null!;
    public Event<RunStatement> Run { get; } = null!;
    public Event<WaitUntil> Wait { get; } = null!;
    public Event<StopWaiting> Stop { get; } = null!;
    public Event<CloseParcel> Close { get; } = null!;
    public Schedule<Parcel, WaitElapsed> Waiting { get; } = null!;

    static void Describe(Parcel parcel, string label, TimeProvider clock)
    {
        parcel.Label = label;
        parcel.Colour = Colour.White;
        parcel.Serial = long.MaxValue;
        parcel.Fragile = true;
        parcel.CreatedAt = clock.GetUtcNow();
        parcel.Details = """{"from": "Oslo"}""";
        parcel.Tags = ["a", "b"];
    }
}

public sealed class LetterStateMachine : MassTransitStateMachine<Letter>
{
    public LetterStateMachine()
    {
        InstanceState(letter => letter.CurrentState);
        Event(() => Add, e => e.CorrelateById(context => context.Message.Id));
        Event(() => Close, e =>
        {
            e.CorrelateById(context => context.Message.Id);
            e.OnMissingInstance(missing => missing.Discard());
        });
        SetCompletedWhenFinalized();

        Initially(When(Add).Then(context => context.Saga.Weight += context.Message.Weight).TransitionTo(Open));
        During(Open,
            When(Add).Then(context => context.Saga.Weight += context.Message.Weight),
            When(Close).Finalize());
    }

    public State Open { get; } = null!;
    public Event<AddWeight> Add { get; } = null!;
    public Event<CloseParcel> Close { get; } = null!;
}
