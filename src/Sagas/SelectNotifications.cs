using Notifications.Store;

namespace Notifications.Sagas;

/// <param name="Recipient">Who it is for, without the addresses they were ordered with: somebody who is ordered twice is told once.</param>
/// <param name="ResourceName">What the text calls the resource that it is about.</param>
/// <param name="Language">Of the text that they are told in; null for the shipment's own.</param>
public sealed record SelectedNotification(
    Channel Channel, string Address, string? RecipientName, NotificationState State, OrderedRecipient Recipient, string? ResourceName = null, string? Language = null);

/// <summary>
/// Which notifications a shipment needs, by what is known of its recipients and by its channel schema. Somebody who cannot be reached
/// gets a notification too, in the failed state that says why.
/// </summary>
public static class SelectNotifications
{
    public static IReadOnlyList<SelectedNotification> For(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found) =>
        Once(found.GroupBy(f => f.Ordinal).SelectMany(contacts => For(order, order.Recipients[contacts.Key], [.. contacts])));

    /// <summary>For a shipment whose lookup failed until there was no more time. Those who were ordered by an address are told all the same.</summary>
    public static IReadOnlyList<SelectedNotification> NeverResolved(RecipientOrder order) =>
        Once(order.Recipients.SelectMany(recipient => NeverResolved(order, recipient)));

    /// <summary>The channel of a shipment to one bare address, which has nobody to look up and nothing to choose or to fall back on; null for any other.</summary>
    public static Channel? Direct(IReadOnlyList<OrderedRecipient> recipients, ChannelSchema schema) =>
        recipients is [{ IsIdentified: false } only] && !(IsPreference(schema) && only is { Email: not null, Mobile: not null })
        && Channels(schema, only.Email is not null, only.Mobile is not null) is [var channel] ? channel : null;

    /// <summary>The same text goes to the same address once, whoever of the recipients has it; a text that names its recipient is another for each.</summary>
    private static IReadOnlyList<SelectedNotification> Once(IEnumerable<SelectedNotification> selected) =>
        [.. selected.DistinctBy(SameText)];

    /// <summary>What is equal for two messages of which one is enough.</summary>
    internal static (Channel Channel, NotificationState State, string Address, string? Name, OrderedRecipient? Recipient) SameText(SelectedNotification n) =>
        n.State == NotificationState.New
            ? (n.Channel, n.State, SameAddress(n.Channel, n.Address), n.RecipientName, n.RecipientName is null ? null : n.Recipient)
            : (n.Channel, n.State, n.Address, n.RecipientName, n.Recipient);

    internal static bool IsPreference(ChannelSchema schema) => schema is ChannelSchema.EmailPreferred or ChannelSchema.SmsPreferred;

    private static string SameAddress(Channel channel, string address) => channel == Channel.Sms
        ? string.Concat(address.Where(char.IsAsciiDigit)).TrimStart('0')
        : address.ToUpperInvariant();

    private static IEnumerable<SelectedNotification> For(RecipientOrder order, OrderedRecipient recipient, ResolvedRecipient[] contacts)
    {
        var channels = Channels(order.ChannelSchema, contacts.Any(c => c.Emails.Length > 0), contacts.Any(c => c.Mobiles.Length > 0));
        if (contacts[0].IsReserved && !order.IgnoreReservation)
            return channels.Select(channel => Unreachable(channel, NotificationState.Failed_RecipientReserved, recipient));

        var missing = channels.Where(channel => contacts.All(c => c.On(channel).Length == 0));
        return contacts.SelectMany(c => Reached(order, c, recipient))
            .Concat(missing.Select(channel => Unreachable(channel, NotificationState.Failed_RecipientNotIdentified, recipient)))
            .OrderBy(n => n.Channel.Name, StringComparer.Ordinal);
    }

    /// <summary>Each of an organization's people is told over the channel that the schema prefers of their own addresses.</summary>
    private static IEnumerable<SelectedNotification> Reached(RecipientOrder order, ResolvedRecipient contact, OrderedRecipient recipient) =>
        from channel in Channels(order.ChannelSchema, contact.Emails.Length > 0, contact.Mobiles.Length > 0)
        from address in contact.On(channel)
        select Message(order, contact, recipient, channel, address);

    internal static SelectedNotification Message(RecipientOrder order, ResolvedRecipient contact, OrderedRecipient recipient, Channel channel, string address) => new(
        channel, address, contact.Name, NotificationState.New, recipient.Identity, contact.ResourceName,
        order.Texts is null ? null : ReaderLanguage.Choose(order.Texts.WrittenIn(channel), contact.Language));

    private static IEnumerable<SelectedNotification> NeverResolved(RecipientOrder order, OrderedRecipient recipient) => recipient.IsIdentified
        ? Channels(order.ChannelSchema, hasEmail: true, hasMobile: true).Select(channel => Unreachable(channel, NotificationState.Failed, recipient))
        : Reached(
            order,
            new ResolvedRecipient
            {
                ShipmentId = Guid.Empty,
                Ordinal = 0,
                IsReserved = false,
                Emails = recipient.Email is { } email ? [email] : [],
                Mobiles = recipient.Mobile is { } mobile ? [mobile] : [],
            },
            recipient);

    internal static string[] On(this ResolvedRecipient contact, Channel channel) => channel == Channel.Email ? contact.Emails : contact.Mobiles;

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
