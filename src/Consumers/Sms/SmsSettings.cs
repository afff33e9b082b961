namespace Notifications.Consumers.Sms;

/// <summary>The interfaces of LINK Mobility's gateway.</summary>
public enum SmsProtocol
{
    /// <summary>PSWin XML.</summary>
    Pswin,

    /// <summary>The Common interface, REST.</summary>
    Common,
}

/// <summary>Settings under <c>Sms</c>.</summary>
public sealed class SmsSettings
{
    /// <summary>The sender of SMS whose order names none.</summary>
    public string DefaultSender { get; set; } = "Altinn";

    /// <summary>How the gateway is spoken to.</summary>
    public SmsProtocol Protocol { get; set; }

    /// <summary>Common interface: the platform, who we are on it, and where it sends its reports.</summary>
    public string Platform { get; set; } = "COMMON_API";
    public string? Partner { get; set; }
    public string? ReportGate { get; set; }

    /// <summary>How long one call may take. Shorter than the time after which an unsettled claim is given up.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
