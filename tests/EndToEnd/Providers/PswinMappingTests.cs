using System.Xml.Linq;
using Notifications.Tests.EndToEnd.Systems;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>Every row of the tables of LINK's XML interface, through the real worker and the stand-in's wire.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class PswinMappingTests(PswinMappingTests.Sent sent) : IClassFixture<PswinMappingTests.Sent>
{
    private const string Provider = "LINK Mobility, PSWin XML";
    private const string Answers = "Answers to an SMS";
    private const string Reports = "Delivery reports";

    public static TheoryData<string> AnswerNames => MappingRun.Names(Provider, Answers);

    public static TheoryData<string> ReportNames => MappingRun.Names(Provider, Reports);

    [Theory]
    [MemberData(nameof(AnswerNames))]
    public void An_answer_means_what_its_row_says(string answer) => sent.WasAnswered(Answers, answer, taken: "OK", answer: null);

    [Theory]
    [MemberData(nameof(ReportNames))]
    public void A_report_means_what_its_row_says(string state) => sent.WasReported(Reports, state);

    public sealed class Sent(SharedSystem system) : MappingRun(system, Provider)
    {
        protected override async Task<IReadOnlyDictionary<string, Ending>> Run()
        {
            var order = new MappedOrder(System, isEmail: false);
            foreach (var row in Rows(Reports))
                await Report(order, Reports, row);
            foreach (var row in Rows(Answers))
                await Answer(order, Answers, row, Body(row));
            await order.Send();
            return await order.Endings();
        }

        private static string? Body(MappingRow row) => (row.Code, row.Name) switch
        {
            ("LOGON", _) => Session(new XElement("LOGON", row.Text), new XElement("REASON", "That is how it is.")),
            ("OK", "200 OK") => Session(new XElement("LOGON", "OK"), Message(new XElement("REF", "{reference}"), new XElement("STATUS", "OK"))),
            ("", "200 without a status") => Session(new XElement("LOGON", "OK")),
            ("", "200 that is not XML") => "It works!",
            ("", _) => null,
            var (status, _) => Session(new XElement("LOGON", "OK"), Message(new XElement("STATUS", status), new XElement("INFO", row.Text))),
        };

        private static XElement Message(params XElement[] content) => new("MSGLST", new XElement("MSG", new XElement("ID", 1), content));

        private static string Session(params XElement[] content) => new XElement("SESSION", content).ToString();
    }
}
