using Notifications.Api.V1;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.V1;

public sealed class V1StatusTests
{
    /// <summary>The statuses that clients of the first version know.</summary>
    private static readonly string[] OrderStatuses = ["Registered", "Processing", "Completed", "SendConditionNotMet", "Cancelled"];

    private static readonly string[] NotificationStatuses =
    [
        "New", "Sending", "Succeeded", "Accepted", "Delivered", "Failed", "Failed_RecipientReserved", "Failed_RecipientNotIdentified", "Failed_InvalidEmailFormat",
        "Failed_SupressedRecipient", "Failed_TransientError", "Failed_Bounced", "Failed_FilteredSpam", "Failed_Quarantined", "Failed_InvalidSasUrl", "Failed_PayloadTooLarge",
        "Failed_InvalidRecipient", "Failed_BarredReceiver", "Failed_Deleted", "Failed_Expired", "Failed_Undelivered", "Failed_Rejected",
    ];

    public static TheoryData<string> SagaStates()
    {
        var machine = new OrderStateMachine(new FixedClock());
        return [.. machine.States.Where(s => s != machine.Initial && s != machine.Final).Select(s => s.Name)];
    }

    public static TheoryData<NotificationState> NotificationStates() => [.. Enum.GetValues<NotificationState>()];

    [Theory]
    [MemberData(nameof(SagaStates))]
    public void Every_state_of_an_order_has_a_name_that_clients_know_and_a_description(string state)
    {
        var (status, description) = V1Status.Of(state);

        status.ShouldBeOneOf(OrderStatuses);
        description.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(NotificationStates))]
    public void Every_state_of_a_notification_has_a_name_that_clients_know_and_a_description(NotificationState state)
    {
        V1Status.Of(state).ShouldBeOneOf(NotificationStatuses);
        V1Status.Describe(state).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(NotificationState.Failed_InvalidFormat, "Failed_InvalidEmailFormat")]
    [InlineData(NotificationState.Failed_SuppressedRecipient, "Failed_SupressedRecipient")]
    [InlineData(NotificationState.Failed_TTL, "Failed")]
    public void Some_states_have_another_name_than_in_the_later_version(NotificationState state, string name) => V1Status.Of(state).ShouldBe(name);

    [Fact]
    public void An_order_whose_notifications_are_made_is_completed() => V1Status.Of(nameof(OrderStateMachine.Sending)).Status.ShouldBe("Completed");
}
