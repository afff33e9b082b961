using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>The names of states on the wire.</summary>
public static class WireStatus
{
    public const string Registered = "Order_Registered";
    public const string Processing = "Order_Processing";
    public const string Processed = "Order_Processed";
    public const string Completed = "Order_Completed";
    public const string SendConditionNotMet = "Order_SendConditionNotMet";
    public const string Cancelled = "Order_Cancelled";

    public static string Of(string sagaState) => sagaState switch
    {
        nameof(OrderStateMachine.Scheduled) => Registered,
        nameof(OrderStateMachine.CheckingCondition) or nameof(OrderStateMachine.FetchingAttachments) or nameof(OrderStateMachine.ResolvingRecipients)
            or nameof(OrderStateMachine.PlanningNotifications) => Processing,
        nameof(OrderStateMachine.Sending) => Processed,
        nameof(OrderStateMachine.Completed) => Completed,
        nameof(OrderStateMachine.ConditionNotMet) => SendConditionNotMet,
        nameof(OrderStateMachine.Cancelled) => Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(sagaState), sagaState, "Not a state of an order."),
    };

    /// <summary>Of a whole order, by its shipments: it is in progress as long as any of them may still send.</summary>
    public static string OfChain(IReadOnlyCollection<string> shipments) =>
        shipments.All(IsRegistered) ? Registered
        : !shipments.All(IsFinal) ? Processing
        : shipments.Contains(Completed, StringComparer.Ordinal) ? Completed
        : shipments.First();

    public static string Of(Channel channel, NotificationState state) => $"{channel.WireName}_{state}";

    private static bool IsRegistered(string status) => status == Registered;

    private static bool IsFinal(string status) => status is Completed or SendConditionNotMet or Cancelled;
}
