using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>
/// Who is told over a channel beside e-mail and SMS: a pure rule, asked when the recipients of a shipment have been looked up. A channel is
/// this, a registration and its own folder, with a consumer of its queue and a provider.
/// </summary>
/// <returns>All that is to go out: what was selected until now, with messages added to it or in place of some of it.</returns>
public delegate IEnumerable<SelectedNotification> ChannelRule(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found, IReadOnlyList<SelectedNotification> selected);

/// <summary>The rules of all channels that there are.</summary>
public sealed class ChannelRules(IEnumerable<ChannelRule> rules)
{
    private readonly ChannelRule[] _rules = [.. rules];

    public IReadOnlyList<SelectedNotification> Select(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found) =>
        _rules.Aggregate(SelectNotifications.For(order, found), (selected, rule) => [.. rule(order, found, selected)]);
}
