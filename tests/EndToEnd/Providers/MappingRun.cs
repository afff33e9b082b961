using Notifications.Tests.EndToEnd.Systems;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>The tables of one provider in <c>docs/providers.md</c>, sent once for the tests of all their rows.</summary>
public abstract class MappingRun(RunningSystem system, string provider) : IAsyncLifetime
{
    protected const string Reported = ", reported";

    private IReadOnlyDictionary<string, Ending> _endings = new Dictionary<string, Ending>(StringComparer.Ordinal);

    protected RunningSystem System => system;

    public static TheoryData<string> Names(string provider, string table) => [.. MappingTable.Rows(provider, table).Select(r => r.Name)];

    public async Task InitializeAsync()
    {
        await system.Sandbox.BeDaytime();
        _endings = await Run();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected abstract Task<IReadOnlyDictionary<string, Ending>> Run();

    protected IReadOnlyList<MappingRow> Rows(string table) => MappingTable.Rows(provider, table);

    /// <summary>What the provider says instead of what it would say, to one call: a message that is called for again is then taken.</summary>
    private protected async Task Answer(MappedOrder order, string table, MappingRow row, string? body)
    {
        var takes = row["Attempt"] == "Accepted";
        await order.Add(table + row.Name, new { answer = new { status = row.Number, body, headers = await Headers(row), times = 1, takes }, reports = takes ? Array.Empty<string>() : null }, Expected(row));
    }

    private protected static Task Report(MappedOrder order, string table, MappingRow row, string column = "Message") =>
        order.Add(table + Reported + row.Name, new { reports = new[] { row.Says } }, row[column]);

    /// <param name="table">Where the row is.</param>
    /// <param name="name">Of the row.</param>
    /// <param name="taken">The provider's words for a message that it takes.</param>
    /// <param name="answer">The provider's words as they are to be kept; null for whatever it says.</param>
    public void WasAnswered(string table, string name, string taken, string? answer)
    {
        var (row, ending) = (Rows(table).Single(r => r.Name == name), _endings[table + name]);

        ending.Message.ShouldBe(Expected(row), $"{ending}");
        ending.Attempts[0].ShouldStartWith($"{row["Attempt"]}: {answer}");
        ending.Attempts.Skip(1).ShouldBe(row["Message"] == "New" ? [$"Accepted: {taken}"] : [], $"{ending}");
    }

    /// <param name="table">Where the row is.</param>
    /// <param name="name">Of the row.</param>
    /// <param name="column">What becomes of the message.</param>
    public void WasReported(string table, string name, string column = "Message")
    {
        var (row, ending) = (Rows(table).Single(r => r.Name == name), _endings[table + Reported + name]);

        ending.Message.ShouldBe(row[column], $"{ending}");
        ending.Reports.ShouldBe([row.Says], $"{ending}");
        ending.Attempts.Count.ShouldBe(1, $"{ending}");
    }

    private async Task<Dictionary<string, string>?> Headers(MappingRow row) =>
        row.Name.EndsWith("in seconds", StringComparison.Ordinal) ? new() { ["Retry-After"] = "2" }
        : row.Name.EndsWith("a date", StringComparison.Ordinal) ? new() { ["Retry-After"] = (await system.Sandbox.Now()).AddSeconds(3).ToString("R") }
        : null;

    private static string Expected(MappingRow row) => row["Message"] == "New" ? "Delivered" : row["Message"];
}
