using System.Text.Json;
using Notifications.Tests.EndToEnd.Systems;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>Every row of the tables of Azure Communication Services, through the real worker and the stand-in's wire.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class AcsMappingTests(AcsMappingTests.Sent sent) : IClassFixture<AcsMappingTests.Sent>
{
    private const string Provider = "Azure Communication Services";
    private const string Answers = "Answers to an e-mail";
    private const string Operations = "Operations that are asked about";
    private const string Reports = "Delivery reports";

    public static TheoryData<string> AnswerNames => MappingRun.Names(Provider, Answers);

    public static TheoryData<string> OperationNames => MappingRun.Names(Provider, Operations);

    public static TheoryData<string> ReportNames => MappingRun.Names(Provider, Reports);

    [Theory]
    [MemberData(nameof(AnswerNames))]
    public void An_answer_means_what_its_row_says(string answer) => sent.WasAnswered(Answers, answer, taken: "202", MappingTable.Rows(Provider, Answers).Single(r => r.Name == answer).Says);

    [Theory]
    [MemberData(nameof(OperationNames))]
    public void An_operation_that_is_asked_about_means_what_its_row_says(string status) => sent.WasAsked(Operations, status);

    [Theory]
    [MemberData(nameof(ReportNames))]
    public void A_report_means_what_its_row_says(string status) => sent.WasReported(Reports, status);

    public sealed class Sent(SharedSystem system) : MappingRun(system, Provider)
    {
        private IReadOnlyDictionary<string, Ending> _asked = new Dictionary<string, Ending>(StringComparer.Ordinal);

        protected override async Task<IReadOnlyDictionary<string, Ending>> Run()
        {
            var order = new MappedOrder(System, isEmail: true);
            foreach (var row in Rows(Reports))
                await Report(order, Reports, row);
            foreach (var row in Rows(Operations))
                await order.Add(Operations + row.Name, new { reports = Array.Empty<string>(), operation = new { status = row.Says.Split(' ')[0], code = row.Says.Split(' ') is [_, var code] ? code : null } }, "Sending");
            foreach (var row in Rows(Answers))
                await Answer(order, Answers, row, Body(row));
            await order.Send();
            var endings = await order.Endings();

            // Longer than a report is waited for.
            await System.Sandbox.AdvanceClock(TimeSpan.FromMinutes(11));
            foreach (var row in Rows(Operations))
                order.Expect(Operations + row.Name, row["Message"]);
            foreach (var taken in endings.Where(e => e.Value.Message == "Sending" && !e.Key.StartsWith(Operations, StringComparison.Ordinal)))
                order.Expect(taken.Key, "Succeeded");
            _asked = await order.Endings();
            return endings;
        }

        public void WasAsked(string table, string name)
        {
            var (row, ending) = (Rows(table).Single(r => r.Name == name), _asked[table + name]);

            ending.Message.ShouldBe(row["Message"], $"{ending}");
            ending.Reports.ShouldBe(row["Message"] == "Sending" ? [] : [row.Says], $"{ending}");
            ending.Attempts.ShouldBe(["Accepted: 202"]);
        }

        private static string? Body(MappingRow row) =>
            row.Code.Length == 0 ? null : JsonSerializer.Serialize(new { error = new { code = row.Code, message = row.Text ?? "That is how it is." } });
    }
}
