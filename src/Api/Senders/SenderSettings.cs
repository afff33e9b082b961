using Notifications.Hosting.Settings;
using Email = Notifications.Consumers.Email.EmailSettings;
using Sms = Notifications.Consumers.Sms.SmsSettings;

namespace Notifications.Api.Senders;

/// <summary>Settings under <c>Senders</c>.</summary>
/// <param name="MustBeVerified">Whether a creator may only send under names that are registered for it.</param>
/// <param name="DefaultEmail">The sender of e-mail that names none, which everybody may also name.</param>
/// <param name="DefaultSms">The same of SMS.</param>
public sealed record SenderSettings(bool MustBeVerified, string DefaultEmail, string DefaultSms)
{
    public static SenderSettings Read(IConfiguration configuration) => new(
        configuration["Senders:MustBeVerified"] is not { Length: > 0 } text || (bool.TryParse(text, out var must)
            ? must
            : throw new SettingException("Set Senders:MustBeVerified to true or false.")),
        configuration["Email:DefaultSender"] ?? new Email().DefaultSender,
        configuration["Sms:DefaultSender"] ?? new Sms().DefaultSender);
}
