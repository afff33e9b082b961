using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Sagas;

/// <summary>The vocabulary that clients of Altinn Notifications know.</summary>
public sealed class WireStatusTests
{
    private static readonly string[] OrderNames =
        ["Order_Registered", "Order_Processing", "Order_Processed", "Order_Completed", "Order_SendConditionNotMet", "Order_Cancelled"];

    private static readonly string[] NotificationNames =
    [
        "SMS_New", "SMS_Sending", "SMS_Accepted", "SMS_Delivered", "SMS_Failed", "SMS_Failed_InvalidRecipient", "SMS_Failed_RecipientReserved",
        "SMS_Failed_BarredReceiver", "SMS_Failed_Deleted", "SMS_Failed_Expired", "SMS_Failed_Undelivered", "SMS_Failed_RecipientNotIdentified",
        "SMS_Failed_Rejected", "SMS_Failed_TTL",
        "Email_New", "Email_Sending", "Email_Succeeded", "Email_Delivered", "Email_Failed", "Email_Failed_RecipientReserved",
        "Email_Failed_RecipientNotIdentified", "Email_Failed_InvalidFormat", "Email_Failed_SuppressedRecipient", "Email_Failed_TransientError",
        "Email_Failed_Bounced", "Email_Failed_FilteredSpam", "Email_Failed_Quarantined", "Email_Failed_TTL", "Email_Failed_InvalidSasUrl",
        "Email_Failed_PayloadTooLarge",
    ];

    public static TheoryData<NotificationState> NotificationStates() => [.. Enum.GetValues<NotificationState>()];

    [Fact]
    public void Every_state_of_the_machine_has_a_name_that_clients_know()
    {
        var machine = new OrderStateMachine(new FixedClock());
        var lasting = machine.States.Where(s => s != machine.Initial && s != machine.Final);

        lasting.Select(s => WireStatus.Of(s.Name)).ShouldAllBe(name => OrderNames.Contains(name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Scheduled", "Order_Registered")]
    [InlineData("ResolvingRecipients", "Order_Processing")]
    [InlineData("PlanningNotifications", "Order_Processing")]
    [InlineData("Sending", "Order_Processed")]
    [InlineData("Completed", "Order_Completed")]
    [InlineData("CheckingCondition", "Order_Processing")]
    [InlineData("ConditionNotMet", "Order_SendConditionNotMet")]
    [InlineData("Cancelled", "Order_Cancelled")]
    public void A_state_of_the_machine_is_told_as(string state, string expected) => WireStatus.Of(state).ShouldBe(expected);

    [Fact]
    public void A_state_that_is_not_the_machines_has_no_name() => Should.Throw<ArgumentOutOfRangeException>(() => WireStatus.Of("Initial"));

    [Theory]
    [MemberData(nameof(NotificationStates))]
    public void Every_state_of_a_notification_has_a_name_that_clients_know_on_a_channel(NotificationState state) =>
        Channel.Ordered.Select(channel => WireStatus.Of(channel, state)).ShouldContain(name => NotificationNames.Contains(name, StringComparer.Ordinal));

    [Theory]
    [InlineData(nameof(Channel.Email), NotificationState.Delivered, "Email_Delivered")]
    [InlineData(nameof(Channel.Sms), NotificationState.Failed_TTL, "SMS_Failed_TTL")]
    public void A_state_of_a_notification_is_told_with_its_channel(string channel, NotificationState state, string expected) =>
        WireStatus.Of(Channel.Named(channel), state).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(NotificationStates))]
    public void A_failure_is_final_and_everything_else_but_a_delivery_is_not(NotificationState state)
    {
        var isFinal = Progress.Of(state) >= Progress.Final;

        isFinal.ShouldBe(state == NotificationState.Delivered || state.ToString().StartsWith("Failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Order_Registered", "Order_Registered", "Order_Registered")]
    [InlineData("Order_Processing", "Order_Processing", "Order_Registered")]
    [InlineData("Order_Processing", "Order_Completed", "Order_Registered")]
    [InlineData("Order_Processing", "Order_Cancelled", "Order_Processed")]
    [InlineData("Order_Completed", "Order_Completed", "Order_Completed")]
    [InlineData("Order_Completed", "Order_Cancelled", "Order_Completed")]
    [InlineData("Order_Completed", "Order_Completed", "Order_Cancelled")]
    [InlineData("Order_Cancelled", "Order_Cancelled", "Order_Cancelled")]
    public void An_order_is_in_progress_until_none_of_its_shipments_may_send(string expected, string main, string reminder) =>
        WireStatus.OfChain([main, reminder]).ShouldBe(expected);
}
