using Notifications.Hosting.Settings;

namespace Notifications.Consumers.Email;

/// <summary>How the connection to a mail server is kept from others.</summary>
public enum SmtpSecurity
{
    /// <summary>The connection becomes TLS before anything is said on it.</summary>
    StartTls,

    /// <summary>The connection is TLS from its beginning.</summary>
    Tls,

    /// <summary>Not at all: on one machine, in a sandbox.</summary>
    None,
}

/// <summary>Settings under <c>Email:Smtp</c>: a mail server that takes e-mail beside, or in place of, Azure Communication Services.</summary>
/// <param name="Timeout">For the whole of one message. Shorter than the time after which an unsettled claim is given up.</param>
public sealed record SmtpSettings(string Host, int Port, SmtpSecurity Security, string? User, string? Password, TimeSpan Timeout)
{
    public const string Section = "Email:Smtp";

    private const int SubmissionPort = 587;

    /// <summary>Null where there is none.</summary>
    public static SmtpSettings? Read(IConfiguration configuration)
    {
        if (configuration[$"{Section}:Host"] is not { Length: > 0 } host)
            return null;

        var port = NotificationsSettings.Number(configuration, $"{Section}:Port", $"the mail server's port, such as {SubmissionPort}", most: ushort.MaxValue) ?? SubmissionPort;
        var security = configuration[$"{Section}:Security"] is not { Length: > 0 } name ? SmtpSecurity.StartTls
            : Enum.TryParse<SmtpSecurity>(name, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : throw new SettingException($"Set {Section}:Security to {string.Join(", ", Enum.GetNames<SmtpSecurity>())}; it is '{name}'.");
        return new SmtpSettings(
            host, port, security, configuration[$"{Section}:User"], configuration[$"{Section}:Password"],
            NotificationsSettings.Duration(configuration, $"{Section}:Timeout", TimeSpan.FromSeconds(15)));
    }
}
