using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>The states of the first version of the API: their names, which differ in places from those of the later one, and what they mean.</summary>
internal static class V1Status
{
    public static (string Status, string Description) Of(string sagaState) => WireStatus.Of(sagaState) switch
    {
        WireStatus.Registered => ("Registered", "The order is accepted and waits for its send time."),
        WireStatus.Processing => ("Processing", "The order is being processed: its recipients are looked up."),
        WireStatus.Processed or WireStatus.Completed => ("Completed", "The order is processed; each notification has a status of its own."),
        WireStatus.SendConditionNotMet => ("SendConditionNotMet", "The send condition was not met, so nothing was sent."),
        WireStatus.Cancelled => ("Cancelled", "The order was cancelled before anything was sent."),
        var other => throw new ArgumentOutOfRangeException(nameof(sagaState), other, "Not a state of an order."),
    };

    public static string Of(NotificationState state) => state switch
    {
        NotificationState.Failed_InvalidFormat => "Failed_InvalidEmailFormat",
        NotificationState.Failed_SuppressedRecipient => "Failed_SupressedRecipient",
        NotificationState.Failed_TTL => "Failed",
        _ => state.ToString(),
    };

    public static string Describe(NotificationState state) => state switch
    {
        NotificationState.New => "Waits to be handed to the provider.",
        NotificationState.Sending => "Is being handed to the provider.",
        NotificationState.Succeeded or NotificationState.Accepted => "The provider has taken the message; nothing is known of its delivery yet.",
        NotificationState.Delivered => "The message was delivered.",
        NotificationState.Failed => "The message was not delivered; no reason is known.",
        NotificationState.Failed_RecipientReserved => "The recipient has reserved themselves against digital communication.",
        NotificationState.Failed_RecipientNotIdentified => "No address of the recipient was found.",
        NotificationState.Failed_InvalidFormat => "The provider does not take the e-mail address.",
        NotificationState.Failed_InvalidRecipient => "The gateway does not take the mobile number.",
        NotificationState.Failed_SuppressedRecipient => "The provider sends nothing more to this address, because earlier messages to it bounced.",
        NotificationState.Failed_Bounced => "The recipient's mail server refused the message.",
        NotificationState.Failed_FilteredSpam => "The message was stopped as spam.",
        NotificationState.Failed_Quarantined => "The message was put in quarantine.",
        NotificationState.Failed_BarredReceiver => "The mobile number is barred from receiving such messages.",
        NotificationState.Failed_Deleted => "The message was deleted before it was delivered.",
        NotificationState.Failed_Expired => "The gateway could not deliver the message in time.",
        NotificationState.Failed_Undelivered => "The message could not be delivered.",
        NotificationState.Failed_Rejected => "The mobile operator rejected the message.",
        NotificationState.Failed_PayloadTooLarge => "The message is larger than the provider takes.",
        NotificationState.Failed_InvalidSasUrl => "An attachment could not be fetched from the address that the order gave for it.",
        NotificationState.Failed_TTL => "No delivery was reported before the message expired.",
        _ => "",
    };
}
