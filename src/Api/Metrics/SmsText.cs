using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Metrics;

/// <summary>The texts of SMS as they were for their recipients.</summary>
internal static class SmsText
{
    public static string Of(PersonalText text) =>
        Placeholders.Fill(text.Template, text.RecipientName, text.RecipientNumber, text.ResourceName, EmailContentType.Plain);

    public static int Parts(PersonalText text) => SmsLength.Of(Of(text)).Parts;
}
