namespace Notifications.Sandbox;

/// <summary>The section <c>Sandbox</c> of the configuration.</summary>
internal sealed class SandboxSettings
{
    /// <summary>Directory for what survives a restart; nothing does when it is not set.</summary>
    public string? Data { get; init; }

    /// <summary>The base address clients use, and so the issuer of tokens; by default the address listened on.</summary>
    public string? Address { get; init; }

    public string ReportsUrl { get; init; } = "http://localhost:5090/notifications/api/v1/reports";

    public string ReportsSecret { get; init; } = "sandbox";

    /// <summary>Seconds between pushes of a report nobody took, the last one repeating; or <c>EventGrid</c>.</summary>
    public string ReportRetry { get; init; } = "1,2,5,10";

    /// <summary>Most reports in one push; 1 sends them one by one.</summary>
    public int ReportBatch { get; init; } = 100;

    /// <summary>How late the magic recipients with a late report get it, on the sandbox clock.</summary>
    public double LateReportSeconds { get; init; } = 30;

    public string AcsAccessKey { get; init; } = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>Whether the published limits of the email provider apply.</summary>
    public bool AcsLimits { get; init; }

    /// <summary>How long an email operation takes from accepted to its final status, on the sandbox clock.</summary>
    public double AcsOperationSeconds { get; init; }

    /// <summary>Where the mail server listens; there is none when it is not set.</summary>
    public int? SmtpPort { get; init; }

    public string BlobKey { get; init; } = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    public string LinkUser { get; init; } = "sandbox";

    public string LinkPassword { get; init; } = "sandbox";

    /// <summary>Whether the SMS account has references switched on.</summary>
    public bool LinkReferences { get; init; } = true;
}
