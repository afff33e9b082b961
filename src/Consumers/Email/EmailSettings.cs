namespace Notifications.Consumers.Email;

/// <summary>Settings under <c>Email</c>.</summary>
public sealed class EmailSettings
{
    /// <summary>The sender of e-mail whose order names none.</summary>
    public string DefaultSender { get; set; } = "noreply@altinn.cloud";
    public string ApiVersion { get; set; } = "2025-09-01";

    /// <summary>How long one call may take. Shorter than the time after which an unsettled claim is given up.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
