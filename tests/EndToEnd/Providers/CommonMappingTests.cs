using System.Globalization;
using System.Text.Json;
using Notifications.Tests.EndToEnd.Systems;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>Every row of the tables of LINK's Common interface, through the real worker and the stand-in's wire.</summary>
[Collection(GuardedSystemTests.Name)]
public sealed class CommonMappingTests(CommonMappingTests.Sent sent) : IClassFixture<CommonMappingTests.Sent>
{
    private const string Provider = "LINK Mobility, Common interface";
    private const string Codes = "Result codes";
    private const string Others = "Other answers to an SMS";
    private const string WhenReported = "Message when reported";

    public static TheoryData<string> CodeNames => MappingRun.Names(Provider, Codes);

    public static TheoryData<string> OtherNames => MappingRun.Names(Provider, Others);

    [Theory]
    [MemberData(nameof(CodeNames))]
    public void A_code_in_an_answer_means_what_its_row_says(string code) => sent.WasAnswered(Codes, code, taken: "1005", code.Split(' ', ',')[0]);

    [Theory]
    [MemberData(nameof(CodeNames))]
    public void A_code_in_a_report_means_what_its_row_says(string code) => sent.WasReported(Codes, code, WhenReported);

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Any_other_answer_means_what_its_row_says(string answer) => sent.WasAnswered(Others, answer, taken: "1005", answer: null);

    [Fact]
    public void What_nothing_more_was_heard_of_ends_with_its_time() => sent.AfterTheirTime.Distinct(StringComparer.Ordinal).ShouldBe(["Failed_TTL"]);

    public sealed class Sent(GuardedSystem system) : MappingRun(system, Provider)
    {
        /// <summary>The states, after its expiry, of each message that was neither delivered nor failed.</summary>
        public IReadOnlyList<string> AfterTheirTime { get; private set; } = [];

        protected override async Task<IReadOnlyDictionary<string, Ending>> Run()
        {
            var order = new MappedOrder(System, isEmail: false);
            foreach (var row in Rows(Codes))
                await Report(order, Codes, row, WhenReported);
            foreach (var row in Rows(Codes))
                await Answer(order, Codes, row with { Says = $"200 {row.Says}" }, JsonSerializer.Serialize(new { messageId = "{reference}", resultCode = row.Number, description = "That is how it is." }));
            foreach (var row in Rows(Others))
                await Answer(order, Others, row, row.Code.Length > 0 ? JsonSerializer.Serialize(new { code = int.Parse(row.Code, CultureInfo.InvariantCulture) }) : row.Name == "200 without a code" ? "{}" : null);
            await order.Send();
            var endings = await order.Endings();

            var open = endings.Where(e => e.Value.Message is "Sending" or "Accepted").Select(e => e.Key).ToArray();
            foreach (var name in open)
                order.Expect(name, "Failed_TTL");
            await System.Sandbox.AdvanceClock(TimeSpan.FromHours(49));
            var afterwards = await order.Endings();
            AfterTheirTime = [.. open.Select(name => afterwards[name].Message)];
            return endings;
        }
    }
}
