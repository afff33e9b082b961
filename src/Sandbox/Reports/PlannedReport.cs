namespace Notifications.Sandbox.Reports;

/// <summary>A delivery report to come: its delay before it is sent, and how long before that it happened.</summary>
internal sealed record PlannedReport(string Status)
{
    public TimeSpan Delay { get; init; }

    public TimeSpan Age { get; init; }

    public int Copies { get; init; } = 1;
}
