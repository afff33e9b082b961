using System.Collections.Frozen;
using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>The recipients that decide their own fate, wherever messages go to the stand-in: one at least for everything that can become of a message.</summary>
public static class MagicRecipients
{
    public static readonly FrozenDictionary<string, NotificationState> Mailboxes = new Dictionary<string, NotificationState>(StringComparer.OrdinalIgnoreCase)
    {
        ["bounced"] = NotificationState.Failed_Bounced,
        ["suppressed"] = NotificationState.Failed_SuppressedRecipient,
        ["spam"] = NotificationState.Failed_FilteredSpam,
        ["quarantined"] = NotificationState.Failed_Quarantined,
        ["failed"] = NotificationState.Failed,
        ["dropped"] = NotificationState.Failed,
        ["canceled"] = NotificationState.Failed,
        ["invalid-format"] = NotificationState.Failed_InvalidFormat,
        ["too-large"] = NotificationState.Failed_PayloadTooLarge,
        ["expanded"] = NotificationState.Succeeded,
        ["no-report"] = NotificationState.Succeeded,
        ["unknown-status"] = NotificationState.Succeeded,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static readonly FrozenDictionary<string, NotificationState> Mobiles = new Dictionary<string, NotificationState>(StringComparer.Ordinal)
    {
        ["01"] = NotificationState.Failed_Undelivered,
        ["02"] = NotificationState.Failed_Expired,
        ["03"] = NotificationState.Failed_Rejected,
        ["04"] = NotificationState.Failed_Deleted,
        ["05"] = NotificationState.Failed_BarredReceiver,
        ["06"] = NotificationState.Failed,
        ["07"] = NotificationState.Failed,
        ["08"] = NotificationState.Failed,
        ["09"] = NotificationState.Failed_BarredReceiver,
        ["10"] = NotificationState.Failed,
        ["12"] = NotificationState.Failed,
        ["13"] = NotificationState.Accepted,
        ["20"] = NotificationState.Accepted,
        ["27"] = NotificationState.Failed_InvalidRecipient,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Everybody else is delivered to at once.</summary>
    public static NotificationState FateOf(string address)
    {
        if (address.EndsWith(BadAddresses.MagicDomain, StringComparison.OrdinalIgnoreCase))
            return Mailboxes.GetValueOrDefault(address[..^BadAddresses.MagicDomain.Length].Split('+')[0], NotificationState.Delivered);
        var digits = string.Concat(address.Where(char.IsAsciiDigit)).TrimStart('0');
        return !address.Contains('@', StringComparison.Ordinal) && digits.Length == BadAddresses.MagicNumbers.Length + 2 && digits.StartsWith(BadAddresses.MagicNumbers, StringComparison.Ordinal)
            ? Mobiles.GetValueOrDefault(digits[BadAddresses.MagicNumbers.Length..], NotificationState.Delivered)
            : NotificationState.Delivered;
    }
}
