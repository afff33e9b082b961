using System.Text.RegularExpressions;

namespace Notifications.Tests.Fast.Architecture;

/// <summary>The whole workflow runs on the host's <see cref="TimeProvider"/>.</summary>
public sealed partial class TimeTests
{
    /// <summary>Where the system's own clock is chosen, or measures how long something took; never what time it is in the workflow.</summary>
    private static readonly string[] SystemClock =
    [
        "Durability/GroupWriter.cs",
        "Durability/Commits/Patience.cs",
        "Durability/Commits/DeliveredRows.cs",
        "Durability/Delivery/OutboxDelivery.cs",
        "Durability/Delivery/TableCleaner.cs",
        "Durability/Messages/MessageSender.cs",
        "Durability/Registration/PostgresOutboxRegistrationExtensions.cs",
        "Durability/Scheduling/DueTime.cs",
        "Hosting/EndpointKeeper.cs", "Hosting/NotificationsHost.cs",
        "Sandbox/Program.cs",
    ];

    /// <summary>The age of rows in the outbox and the inbox is not workflow time: they are swept by hosts whose clocks may differ.</summary>
    private static readonly string[] ProjectsWithRowsOfTheirOwn = ["Durability"];

    public static TheoryData<string> Projects() => [.. Sources.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nobody_reads_the_machines_time(string project) => Files(project, MachineTime()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_system_clock_is_named_only_where_it_is_chosen(string project) =>
        Files(project, SystemTime()).Except(SystemClock, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void No_statement_takes_workflow_time_from_the_database() =>
        Sources.Projects.Except(ProjectsWithRowsOfTheirOwn, StringComparer.Ordinal)
            .SelectMany(project => (string[])[.. Files(project, DatabaseTime()), .. Files(project, DatabaseTime(), "*.sql")]).ShouldBeEmpty();

    private static string[] Files(string project, Regex pattern, string files = "*.cs") =>
        [.. Sources.Of(project, files).Where(f => pattern.IsMatch(f.Text)).Select(f => f.Path)];

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bEnvironment\.TickCount", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MachineTime();

    [GeneratedRegex(@"\bTimeProvider\.System\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SystemTime();

    [GeneratedRegex(@"\b(now\(\)|current_timestamp|current_date|localtimestamp|clock_timestamp|statement_timestamp|transaction_timestamp)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DatabaseTime();
}
