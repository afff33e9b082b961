using System.Text.Json.Serialization;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Answers;

/// <summary>What a provider says about one recipient's messages in place of what it would say by itself. What is absent changes nothing.</summary>
/// <param name="Answer">To the messages themselves.</param>
/// <param name="Reports">Of a message that it took, in its own words and in this order. A word that comes twice is one report that is sent twice.</param>
/// <param name="ReportsFirst">Whether the message is answered when its reports have been taken, and not before.</param>
/// <param name="Operation">How the e-mail provider's operation stands whenever somebody asks.</param>
internal sealed record Script(ScriptedAnswer? Answer, IReadOnlyList<string>? Reports, bool ReportsFirst, ScriptedOperation? Operation)
{
    public IReadOnlyList<PlannedReport>? PlannedReports() =>
        Reports is null ? null : [.. Reports.CountBy(word => word, StringComparer.Ordinal).Select(word => new PlannedReport(word.Key) { Copies = word.Value })];
}

internal sealed record ScriptedOperation(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code);
