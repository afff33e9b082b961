using Notifications.Store;

namespace Notifications.Api.History;

internal sealed class English : Tongue
{
    public override string Code => "en";

    public override string Announce(Awaited what) => what switch
    {
        Awaited.SendTime => "The shipment is sent.",
        Awaited.Condition => "The send condition is asked again.",
        Awaited.Recipients => "The recipients' addresses are looked up again.",
        Awaited.Opening => "What waits for its sending window is sent.",
        Awaited.Turn => "What waits for its turn is sent: its sender has more than the provider takes of it at once.",
        Awaited.Retry => "The provider is tried again.",
        Awaited.Fallback => "The other channel is used if no delivery has been reported.",
        Awaited.Expiry => "What has not been reported as delivered by then counts as not delivered.",
        _ => "A reminder is sent.",
    };

    protected override string? OfShipment(HistoryLine line, string at) => (line.Kind, line.State ?? line.Reason) switch
    {
        (HistoryKind.Accepted, _) => $"The order was accepted on {at}.",
        (HistoryKind.Rescheduled, _) => $"Its owner gave the shipment another time on {at}.",
        (HistoryKind.RecipientsUnavailable, _) => $"A register did not answer on {at}; the lookup is tried again.",
        (HistoryKind.ConditionUnanswered, _) => $"The send condition gave no usable answer on {at}.",
        (HistoryKind.RestStopped, _) => $"The condition was no longer met on {at}, so what had not been sent was held back.",
        (HistoryKind.StateChanged, "CheckingCondition") => $"The time to send came on {at}, and the send condition was asked.",
        (HistoryKind.StateChanged, "FetchingAttachments") => $"The attachments were asked for on {at}.",
        (HistoryKind.StateChanged, "ResolvingRecipients") => $"The recipients' addresses were looked up on {at}.",
        (HistoryKind.StateChanged, "Sending") => $"Sending began on {at}.",
        (HistoryKind.StateChanged, "Completed") => $"The shipment was complete on {at}.",
        (HistoryKind.StateChanged, "ConditionNotMet") => $"The send condition was not met on {at}, so nothing was sent.",
        (HistoryKind.StateChanged, "Cancelled") when line.Reason == "ByAppEvent" => $"The shipment was cancelled on {at} because the app instance had moved on.",
        (HistoryKind.StateChanged, "Cancelled") when line.Reason == "WithMain" => $"The shipment was cancelled on {at} because the main shipment was stopped.",
        (HistoryKind.StateChanged, "Cancelled") => $"Its owner cancelled the shipment on {at}.",
        _ => null,
    };

    protected override string? OfMessage(HistoryLine line, string message, bool several, string at) => (line.Kind, line.Reason) switch
    {
        (HistoryKind.NotificationPlanned, "NoAddress") when line.State == nameof(NotificationState.Failed_RecipientReserved) => "The recipient has opted out and was not notified.",
        (HistoryKind.NotificationPlanned, "NoAddress") when line.State == nameof(NotificationState.Failed_RecipientNotIdentified) => $"No {Address(line)} was found for the recipient.",
        (HistoryKind.NotificationPlanned, "NoAddress") => "The recipient could not be looked up while there was time.",
        (HistoryKind.NotificationPlanned, "Attachment") when line.State == nameof(NotificationState.Failed_PayloadTooLarge) => "The attachments are larger than the provider takes, so nothing was sent.",
        (HistoryKind.NotificationPlanned, "Attachment") when line.State == nameof(NotificationState.Failed_InvalidSasUrl) => "An attachment was not to be had at its address, so nothing was sent.",
        (HistoryKind.NotificationPlanned, "Attachment") => "An attachment is no file of the kind that the order says, or was not to be had in time, so nothing was sent.",
        (HistoryKind.NotificationPlanned, "Preferred") => $"{Name(line)} was chosen on {at} because the order prefers it.",
        (HistoryKind.NotificationPlanned, "MissingAddress") => $"{Name(line)} was chosen on {at} because the recipient has no {(line.Channel == Channel.Email ? "mobile number" : "e-mail address")}.",
        (HistoryKind.FallbackChosen, "FailedDelivery") => $"The first channel did not reach the recipient, so {Lower(line)} was chosen instead on {at}.",
        (HistoryKind.FallbackChosen, _) => $"No delivery was reported in time, so {Lower(line)} was chosen as well on {at}.",
        (HistoryKind.HandOffEnded, _) when line.Provider == Providers.StandIn => $"{message} reached nobody on {at}: the address is not on the list of test recipients.",
        (HistoryKind.HandOffEnded, nameof(AttemptOutcome.Accepted)) => $"{message} {Was(several)} handed to the provider on {at}.",
        (HistoryKind.HandOffEnded, nameof(AttemptOutcome.Refused)) => $"{message} {Was(several)} refused by the provider on {at} ({line.ProviderState}).",
        (HistoryKind.HandOffEnded, nameof(AttemptOutcome.Deferred)) => $"{message} {Was(several)} not taken by the provider on {at}; it is tried again.",
        (HistoryKind.HandOffEnded, _) when line.Channel == Channel.Email && line.Provider != Providers.Smtp => $"The provider did not answer on {at}; the call is made again, which cannot make a second e-mail.",
        (HistoryKind.HandOffEnded, _) => $"The provider did not answer on {at}. Nobody knows whether the {Lower(line)} was taken, and therefore it is not sent again.",
        (HistoryKind.ReportReceived, _) when line.State == nameof(NotificationState.Delivered) => $"{message} {Was(several)} reported as delivered on {at}.",
        (HistoryKind.ReportReceived, _) when Failed(line) => $"{message} {Was(several)} reported as not delivered on {at} ({line.ProviderState}).",
        (HistoryKind.ReportReceived, _) => $"The provider reported on {at}: {line.ProviderState}.",
        (HistoryKind.NotificationExpired, _) => $"{message} expired on {at} without a report of delivery.",
        (HistoryKind.NotificationTakenBack, _) => $"{message} {Was(several)} held back on {at}.",
        _ => null,
    };

    protected override string Message(Channel channel, int count) => (channel.Name, count) switch
    {
        (nameof(Channel.Email), 1) => "The e-mail",
        (nameof(Channel.Email), _) => $"{count} e-mails",
        (nameof(Channel.Sms), 1) => "The SMS",
        (nameof(Channel.Sms), _) => $"{count} SMS",
        (var other, 1) => $"The message by {other}",
        (var other, _) => $"{count} messages by {other}",
    };

    protected override string Time(DateTime local) => Format(local, "d MMMM yyyy 'at' HH:mm");

    private static string Was(bool several) => several ? "were" : "was";

    private static string Name(HistoryLine line) => line.Channel == Channel.Email ? "E-mail" : "SMS";

    private static string Lower(HistoryLine line) => line.Channel == Channel.Email ? "e-mail" : "SMS";

    private static string Address(HistoryLine line) => line.Channel == Channel.Email ? "e-mail address" : "mobile number";
}
