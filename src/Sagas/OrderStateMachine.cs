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
    public State ResolvingRecipients { get; private set; } = null!;
    public State PlanningNotifications { get; private set; } = null!;
    public State Sending { get; private set; } = null!;
    public State Completed { get; private set; } = null!;

    /// <summary>
    /// By its owner, or with its main shipment. Decided and written under the row's lock (<see cref="CancelShipments"/>), so that a step that
    /// was about to start or send the shipment finds it cancelled, and does nothing.
    /// </summary>
    public State Cancelled { get; private set; } = null!;

    public Event<ShipmentDue> Due { get; private set; } = null!;
    public Event<RecipientsResolved> Resolved { get; private set; } = null!;
    public Event<RecipientsUnavailable> Unavailable { get; private set; } = null!;
    public Event<PlanMoreNotifications> PlanMore { get; private set; } = null!;
    public Event<NotificationsSettled> Settled { get; private set; } = null!;
    public Event<ShipmentStoodStill> StoodStill { get; private set; } = null!;

    public Schedule<OrderState, SendTimeReached> SendTime { get; private set; } = null!;
    public Schedule<OrderState, ResolveAgain> ResolveRetry { get; private set; } = null!;

    public OrderStateMachine(TimeProvider clock)
    {
        InstanceState(x => x.CurrentState);
        Correlate();

        WaitForSendTime(clock);
        FindOutWhoCanBeReached(clock);
        PlanTheRest(clock);
        FollowNotifications(clock);
        StayFinal();
    }

    private void Correlate()
    {
        Event(() => Due, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Resolved, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Unavailable, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => PlanMore, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => Settled, e => e.CorrelateById(m => m.Message.ShipmentId));
        Event(() => StoodStill, e => e.CorrelateById(m => m.Message.ShipmentId));
        Schedule(() => SendTime, x => x.SendTimeTokenId, s => s.Received = e => e.CorrelateById(m => m.Message.ShipmentId));
        Schedule(() => ResolveRetry, x => x.ResolveAgainTokenId, s => s.Received = e => e.CorrelateById(m => m.Message.ShipmentId));
    }

    private void WaitForSendTime(TimeProvider clock) =>
        During(Scheduled,
            When(Due).Start(this, clock),
            When(SendTime.Received).Start(this, clock),
            When(StoodStill).Start(this, clock),
            Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore), Ignore(Settled));

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
            When(Settled).Complete(this, clock),
            Ignore(Due), Ignore(SendTime.Received), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore), Ignore(StoodStill));

    private void StayFinal() =>
        During(Completed, Cancelled,
            Ignore(Due), Ignore(SendTime.Received), Ignore(Resolved), Ignore(Unavailable), Ignore(ResolveRetry.Received), Ignore(PlanMore),
            Ignore(Settled), Ignore(StoodStill));
}
