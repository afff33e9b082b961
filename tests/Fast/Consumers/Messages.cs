using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers;

/// <summary>Claimed notifications to hand to a provider.</summary>
internal static class Messages
{
    public static readonly ClaimedNotification Email = new(
        Guid.Parse("8540c0de-899f-5cce-acb5-3ec493af3800"), Attempt: 1, "ola@example.no", "Ola & Kari", RecipientNumber: null, FixedClock.Start.AddHours(48),
        Sender: null, "Hei $recipientName$", "Kjære $recipientName$", EmailContentType.Plain) { Channel = Channel.Email, Provider = Providers.Acs };

    public static readonly ClaimedNotification Sms = new(
        Guid.Parse("8540c0de-899f-5cce-acb5-3ec493af3801"), Attempt: 1, "+4799999999", "Ola", RecipientNumber: null, FixedClock.Start.AddHours(48),
        Sender: null, Subject: null, "Hei $recipientName$", EmailContentType.Plain) { Channel = Channel.Sms, Provider = Providers.Link };
}
