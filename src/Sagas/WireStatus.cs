using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>The names of states on the wire.</summary>
public static class WireStatus
{
    public const string Registered = "Order_Registered";
    public const string Processing = "Order_Processing";
    public const string Processed = "Order_Processed";
    public const string Completed = "Order_Completed";

    public static string Of(string sagaState) => sagaState switch
    {
        nameof(OrderStateMachine.Scheduled) => Registered,
        nameof(OrderStateMachine.ResolvingRecipients) => Processing,
        nameof(OrderStateMachine.Sending) => Processed,
        nameof(OrderStateMachine.Completed) => Completed,
        _ => throw new ArgumentOutOfRangeException(nameof(sagaState), sagaState, "Not a state of an order."),
    };

    public static string Of(Channel channel, NotificationState state) => (channel == Channel.Email ? "Email_" : "SMS_") + state;
}
