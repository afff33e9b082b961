namespace Notifications.Consumers.Sms;

/// <summary>Settings under <c>Sms</c>.</summary>
public sealed class SmsSettings
{
    /// <summary>The sender of SMS whose order names none.</summary>
    public string DefaultSender { get; set; } = "Altinn";

    /// <summary>How long one call may take. Shorter than the time after which an unsettled claim is given up.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
