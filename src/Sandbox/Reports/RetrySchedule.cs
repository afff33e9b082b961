using System.Globalization;

namespace Notifications.Sandbox.Reports;

/// <summary>How long a provider waits between pushes of a report nobody took.</summary>
internal sealed class RetrySchedule(IReadOnlyList<TimeSpan> waits, int? mostAttempts)
{
    // As Event Grid does: then about hourly for a day, thirty attempts by default.
    private static readonly double[] EventGrid = [10, 30, 60, 300, 600, 1800, 3600];

    public static RetrySchedule Parse(string setting) => setting == "EventGrid"
        ? new RetrySchedule([.. EventGrid.Select(TimeSpan.FromSeconds)], 30)
        : new RetrySchedule([.. setting.Split(',').Select(wait => TimeSpan.FromSeconds(double.Parse(wait, CultureInfo.InvariantCulture)))], null);

    /// <summary>Null when the report is given up.</summary>
    public TimeSpan? After(int attempts) =>
        attempts >= mostAttempts ? null : waits[Math.Min(attempts, waits.Count) - 1];
}
