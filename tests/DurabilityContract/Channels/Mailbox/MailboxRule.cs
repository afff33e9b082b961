using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Channels.Mailbox;

/// <summary>Whoever has opted out of being told otherwise is told in the digital mailbox.</summary>
public static class MailboxRule
{
    public static IEnumerable<SelectedNotification> Apply(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found, IReadOnlyList<SelectedNotification> selected) => selected.Select(n =>
        n is { State: NotificationState.Failed_RecipientReserved, Recipient.NationalIdentityNumber: { } number }
            ? n with { Channel = MailboxChannel.Channel, Address = number, State = NotificationState.New }
            : n);
}
