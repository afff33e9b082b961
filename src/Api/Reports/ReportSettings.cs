using System.Security.Cryptography;
using System.Text;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Reports;

/// <summary>Settings under <c>Reports</c>: what the providers show to be let in.</summary>
public sealed record ReportSettings(string EmailSecret, string SmsUser, string SmsPassword)
{
    public static ReportSettings Read(IConfiguration configuration) => new(
        NotificationsSettings.Text(configuration, "Reports:EmailSecret", "the secret in the e-mail report webhook's address (?code=…)"),
        NotificationsSettings.Text(configuration, "Reports:SmsUser", "the user name of the SMS gateway's reports"),
        NotificationsSettings.Text(configuration, "Reports:SmsPassword", "the password of the SMS gateway's reports"));

    /// <summary>Takes as long for a near miss as for a far one.</summary>
    public static bool Same(string? given, string expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
