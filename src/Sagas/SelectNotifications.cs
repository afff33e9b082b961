using Notifications.Store;

namespace Notifications.Sagas;

public sealed record SelectedNotification(Channel Channel, string Address, string? RecipientName, NotificationState State);

/// <summary>
/// Which notifications a shipment needs, by what is known of its recipients and by its channel schema. Somebody who cannot be reached
/// gets a notification too, in the failed state that says why.
/// </summary>
public static class SelectNotifications
{
    public static IReadOnlyList<SelectedNotification> For(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found) =>
        [.. found.SelectMany(recipient => For(order, recipient)).Distinct()];

    /// <summary>For recipients whose lookup failed until there was no more time.</summary>
    public static IReadOnlyList<SelectedNotification> NeverResolved(ChannelSchema schema) =>
        [.. Channels(schema, hasEmail: true, hasMobile: true).Select(channel => Unreachable(channel, NotificationState.Failed))];

    private static IEnumerable<SelectedNotification> For(RecipientOrder order, ResolvedRecipient recipient)
    {
        foreach (var channel in Channels(order.ChannelSchema, recipient.Emails.Length > 0, recipient.Mobiles.Length > 0))
        {
            var addresses = channel == Channel.Email ? recipient.Emails : recipient.Mobiles;
            if (recipient.IsReserved && !order.IgnoreReservation)
                yield return Unreachable(channel, NotificationState.Failed_RecipientReserved);
            else if (addresses.Length == 0)
                yield return Unreachable(channel, NotificationState.Failed_RecipientNotIdentified);
            else
                foreach (var address in addresses)
                    yield return new(channel, address, recipient.Name, NotificationState.New);
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

    private static SelectedNotification Unreachable(Channel channel, NotificationState why) => new(channel, Address: "", RecipientName: null, why);
}
