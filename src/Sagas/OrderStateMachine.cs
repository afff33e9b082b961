using MassTransit;
using Notifications.Contracts;
using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>
/// The way of one shipment, from the moment its order was accepted to its final state. The instance is written with the order, in
/// <see cref="Scheduled"/>; whatever is heard late, twice or out of turn changes nothing.
/// </summary>
public sealed class OrderStateMachine : MassTransitStateMachine<OrderState>
{
    public State Scheduled { get; private set; } = null!;
    public State CheckingCondition { get; private set; } = null!;
    public State FetchingAttachments { get; private set; } = null!;
    public State ResolvingRecipients { get; private set; } = null!;
    public State PlanningNotifications { get; private set; } = null!;
    public State Sending { get; private set; } = null!;
    public State Completed { get; private set; } = null!;
    public State ConditionNotMet { get; private set; } = null!;

    /// <summary>
    /// By its owner, or with its main shipment. Decided and written under the row's lock (<see cref="CancelShipments"/>), so that a step that
    /// was about to start or send the shipment finds it cancelled, and does nothing.
    /// </summary>
    public State Cancelled { get; private set; } = null!;

    public Event<ShipmentDue> Due { get; private set; } = null!;
    public Event<ConditionMet> Met { get; private set; } = null!;
    public Event<ConditionNotMet> NotMet { get; private set; } = null!;
    public Event<ConditionUnknown> Unanswered { get; private set; } = null!;
    public Event<HandOffAwaitsCondition> AwaitsCondition { get; private set; } = null!;
    public Event<AttachmentsFetched> Fetched { get; private set; } = null!;
    public Event<AttachmentsRefused> Refused { get; private set; } = null!;
    public Event<AttachmentsUnavailable> NotFetched { get; private set; } = null!;
    public Event<RecipientsResolved> Resolved { get; private set; } = null!;
    public Event<RecipientsUnavailable> Unavailable { get; private set; } = null!;
    public Event<PlanMoreNotifications> PlanMore { get; private set; } = null!;
    public Event<DeliveryFailed> Failed { get; private set; } = null!;
    public Event<NotificationsSettled> Settled { get; private set; } = null!;
    public Event<ShipmentStoodStill> StoodStill { get; private set; } = null!;

    public Schedule<OrderState, SendTimeReached> SendTime { get; private set; } = null!;
    public Schedule<OrderState, AskConditionAgain> ConditionRetry { get; private set; } = null!;
    public Schedule<OrderState, ResolveAgain> ResolveRetry { get; private set; } = null!;
    public Schedule<OrderState, FallbackTimeReached> FallbackTime { get; private set; } = null!;

    public OrderStateMachine(TimeProvider clock)
    {
        InstanceState(x => x.CurrentState);
        Correlate();

        WaitForSendTime(clock);
        AskTheCondition(clock);
        FetchWhatGoesWithAnEmail(clock);
        FindOutWhoCanBeReached(clock);
        PlanTheRest(clock);
        FollowNotifications(clock);
        GoOnToTheOtherChannel(clock);
        AskTheConditionAgainBeforeWhatWasPutOff(clock);
        HearNothingOfTheCondition();
        HearNothingOfFailedDeliveries();
        HearNothingOfAttachments();
        StayFinal();
        ConnectStateObserver(new HistoryOfStates(clock));
    }

    private void Correlate()
    {
        Event(() => Due, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Met, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => NotMet, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Unanswered, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => AwaitsCondition, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Fetched, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Refused, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => NotFetched, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Resolved, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Unavailable, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => PlanMore, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Failed, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Settled, e => e.CorrelateBy((saga, m) => m.Message.ShipmentIds.Contains(saga.CorrelationId)));
        Event(() => StoodStill, e => e.CorrelateById(m => m.Message.ShipmentId));
        Schedule(() => SendTime, x => x.SendTimeTokenId, s => s.Received = e => e.CorrelateById(m => m.Message.ShipmentId));
        Schedule(() => ConditionRetry, x => x.AskConditionTokenId, s => s.Received = e => e.CorrelateById(m => m.Message.ShipmentId));
        Schedule(() => ResolveRetry, x => x.ResolveAgainTokenId, s => s.Received = e => e.CorrelateById(m => m.Message.ShipmentId));
        Schedule(() => FallbackTime, x => x.FallbackTokenId, s => s.Received = e => e.CorrelateById(m => m.Message.ShipmentId));
    }

    private void WaitForSendTime(TimeProvider clock) =>
        During(Scheduled,
            When(Due).Start(this, clock),
            When(SendTime.Received).Start(this, clock),
            When(StoodStill).Start(this, clock),
            Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore), Ignore(Settled));

    private void AskTheCondition(TimeProvider clock) =>
        During(CheckingCondition,
            When(Met).RememberMet().Unschedule(ConditionRetry).Proceed(this, clock),
            When(NotMet).StopByCondition(this, clock),
            When(Unanswered, context => context.Saga.AskConditionTokenId is null)
                .WithoutAnswer(this, clock, send => send.Proceed(this, clock), stop => stop.StopByCondition(this, clock)),
            When(ConditionRetry.Received).AskCondition(clock),
            When(StoodStill)
                .IfElse(context => Retry.IsOver(context.Saga, clock.GetUtcNow()),
                    over => over.WithoutAnswer(this, clock, send => send.Proceed(this, clock), stop => stop.StopByCondition(this, clock)),
                    again => again.Unschedule(ConditionRetry).AskCondition(clock)),
            Ignore(Due), Ignore(SendTime.Received), Ignore(AwaitsCondition), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received),
            Ignore(PlanMore), Ignore(Settled));

    private void FetchWhatGoesWithAnEmail(TimeProvider clock) =>
        During(FetchingAttachments,
            When(Fetched).NotifyOrderedAddress(clock).TransitionTo(Sending),
            When(Refused).FailByAttachments(this, clock),
            When(NotFetched)
                .IfElse(context => Retry.IsOver(context.Saga, clock.GetUtcNow()),
                    given => given.FailByAttachments(this, clock),
                    again => again.FetchLater(clock)),
            When(StoodStill)
                .IfElse(context => Retry.IsOver(context.Saga, clock.GetUtcNow()),
                    given => given.FailByAttachments(this, clock),
                    again => again.AskForAttachments(clock)),
            Ignore(Due), Ignore(SendTime.Received), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore), Ignore(Settled));

    private void FindOutWhoCanBeReached(TimeProvider clock) =>
        During(ResolvingRecipients,
            When(Resolved).ChooseNotifications(this, clock),
            When(Unavailable)
                .IfElse(context => Retry.IsOver(context.Saga, clock.GetUtcNow()),
                    given => given.GiveUp(this, clock),
                    again => again.ResolveLater(this, clock)),
            When(ResolveRetry.Received).AskForRecipients(clock),
            When(StoodStill)
                .IfElse(context => Retry.IsOver(context.Saga, clock.GetUtcNow()),
                    given => given.GiveUp(this, clock),
                    again => again.AskForRecipients(clock)),
            Ignore(Due), Ignore(SendTime.Received), Ignore(PlanMore), Ignore(Settled));

    private void PlanTheRest(TimeProvider clock) =>
        During(PlanningNotifications,
            When(PlanMore, context => context.Message.FromRecipient == context.Saga.PlannedRecipients).ChooseNotifications(this, clock),
            When(StoodStill).PlanMore(clock),
            Ignore(Due), Ignore(SendTime.Received), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(Settled));

    private void FollowNotifications(TimeProvider clock) =>
        During(Sending,
            When(Settled).CompleteWhenSettled(this, clock),
            Ignore(Due), Ignore(SendTime.Received), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore));

    /// <summary>As long as something is kept for it, which is once for each of the first messages.</summary>
    private void GoOnToTheOtherChannel(TimeProvider clock) =>
        During(Sending,
            When(Failed, context => context.Saga.HasFallback).FallBack(this, clock),
            When(FallbackTime.Received).FallBackInTime(this, clock),
            When(StoodStill, context => context.Saga.HasFallback).FallBack(this, clock));

    /// <summary>Only a hand-off that waits makes the saga ask, and only the answer to that is heard.</summary>
    private void AskTheConditionAgainBeforeWhatWasPutOff(TimeProvider clock) =>
        During(Sending,
            When(AwaitsCondition, context => context.Saga.Condition is not null)
                .IfElse(context => ConditionRules.IsFresh(context.Saga, clock.GetUtcNow()),
                    fresh => fresh.ReleaseHandOffs(clock),
                    stale => stale.If(context => !ConditionRules.IsBeingAsked(context.Saga, clock.GetUtcNow()), ask => ask.AskCondition(clock))),
            When(Met, context => ConditionRules.IsAwaited(context.Saga)).RememberMet().Unschedule(ConditionRetry).ReleaseHandOffs(clock),
            When(NotMet, context => ConditionRules.IsAwaited(context.Saga)).StopTheRest(this, clock),
            When(Unanswered, context => ConditionRules.IsAwaited(context.Saga) && context.Saga.AskConditionTokenId is null)
                .WithoutAnswer(this, clock, send => send.ReleaseHandOffs(clock), stop => stop.StopTheRest(this, clock)),
            When(ConditionRetry.Received, context => context.Saga.Condition is not null).AskCondition(clock));

    private void HearNothingOfTheCondition() =>
        During([Scheduled, FetchingAttachments, ResolvingRecipients, PlanningNotifications, Completed, ConditionNotMet, Cancelled],
            Ignore(Met), Ignore(NotMet), Ignore(Unanswered), Ignore(ConditionRetry.Received), Ignore(AwaitsCondition));

    /// <summary>What failed while others were still being planned is looked at when all of them are.</summary>
    private void HearNothingOfFailedDeliveries() =>
        During([Scheduled, CheckingCondition, FetchingAttachments, ResolvingRecipients, PlanningNotifications, Completed, ConditionNotMet, Cancelled],
            Ignore(Failed), Ignore(FallbackTime.Received));

    private void HearNothingOfAttachments() =>
        During([Scheduled, CheckingCondition, ResolvingRecipients, PlanningNotifications, Sending, Completed, ConditionNotMet, Cancelled],
            Ignore(Fetched), Ignore(Refused), Ignore(NotFetched));

    private void StayFinal() =>
        During(Completed, ConditionNotMet, Cancelled,
            Ignore(Due), Ignore(SendTime.Received), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore),
            Ignore(Settled), Ignore(StoodStill));
}
