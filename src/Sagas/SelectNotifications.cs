using Notifications.Store;

namespace Notifications.Sagas;

/// <param name="Recipient">Who it is for, without the addresses they were ordered with: somebody who is ordered twice is told once.</param>
public sealed record SelectedNotification(Channel Channel, string Address, string? RecipientName, NotificationState State, OrderedRecipient Recipient);

/// <summary>
/// Which notifications a shipment needs, by what is known of its recipients and by its channel schema. Somebody who cannot be reached
/// gets a notification too, in the failed state that says why.
/// </summary>
public static class SelectNotifications
{
    public static IReadOnlyList<SelectedNotification> For(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found) =>
        [.. found.SelectMany(recipient => For(order, recipient)).Distinct()];

    /// <summary>For a shipment whose lookup failed until there was no more time. Those who were ordered by an address are told all the same.</summary>
    public static IReadOnlyList<SelectedNotification> NeverResolved(RecipientOrder order) =>
        [.. order.Recipients.SelectMany(recipient => NeverResolved(order.ChannelSchema, recipient)).Distinct()];

    private static IEnumerable<SelectedNotification> For(RecipientOrder order, ResolvedRecipient found)
    {
        var recipient = order.Recipients[found.Ordinal];
        return found.IsReserved && !order.IgnoreReservation
            ? Channels(order.ChannelSchema, found.Emails.Length > 0, found.Mobiles.Length > 0)
                .Select(channel => Unreachable(channel, NotificationState.Failed_RecipientReserved, recipient))
            : Reached(order.ChannelSchema, found.Emails, found.Mobiles, found.Name, recipient);
    }

    private static IEnumerable<SelectedNotification> NeverResolved(ChannelSchema schema, OrderedRecipient recipient) => recipient.IsIdentified
        ? Channels(schema, hasEmail: true, hasMobile: true).Select(channel => Unreachable(channel, NotificationState.Failed, recipient))
        : Reached(schema, recipient.Email is { } email ? [email] : [], recipient.Mobile is { } mobile ? [mobile] : [], name: null, recipient);

    private static IEnumerable<SelectedNotification> Reached(ChannelSchema schema, string[] emails, string[] mobiles, string? name, OrderedRecipient recipient)
    {
        foreach (var channel in Channels(schema, emails.Length > 0, mobiles.Length > 0))
        {
            var addresses = channel == Channel.Email ? emails : mobiles;
            if (addresses.Length == 0)
                yield return Unreachable(channel, NotificationState.Failed_RecipientNotIdentified, recipient);
            foreach (var address in addresses)
                yield return new(channel, address, name, NotificationState.New, recipient.Identity);
        }
    }

    private static Channel[] Channels(ChannelSchema schema, bool hasEmail, bool hasMobile) => schema switch
    {
        ChannelSchema.Email => [Channel.Email],
        ChannelSchema.Sms => [Channel.Sms],
        ChannelSchema.EmailAndSms => [Channel.Email, Channel.Sms],
        ChannelSchema.EmailPreferred => [hasMobile && !hasEmail ? Channel.Sms : Channel.Email],
        ChannelSchema.SmsPreferred => [hasEmail && !hasMobile ? Channel.Email : Channel.Sms],
        _ => throw new ArgumentOutOfRangeException(nameof(schema), schema, "Not a channel schema."),
    };

    private static SelectedNotification Unreachable(Channel channel, NotificationState why, OrderedRecipient recipient) =>
        new(channel, Address: "", RecipientName: null, why, recipient.Identity);
}
