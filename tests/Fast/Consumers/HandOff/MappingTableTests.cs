using System.Globalization;
using System.Net;
using System.Text.Json;
using Notifications.Api.Reports;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.HandOff;

/// <summary>The code knows nothing that <c>docs/providers.md</c> does not tell. That what it tells is so, tests of the running system show row by row.</summary>
public sealed class MappingTableTests
{
    private const string Acs = "Azure Communication Services";
    private const string Pswin = "LINK Mobility, PSWin XML";
    private const string Common = "LINK Mobility, Common interface";

    [Fact]
    public void Every_status_of_a_report_on_email_has_a_row() =>
        Known(Acs, "Delivery reports").ShouldBe(PostEmailReports.States.ToDictionary(s => s.Key, s => s.Value.ToString(), StringComparer.Ordinal), ignoreOrder: true);

    [Fact]
    public void Every_state_of_a_report_on_SMS_has_a_row() =>
        Known(Pswin, "Delivery reports").ShouldBe(PostSmsReports.States.ToDictionary(s => s.Key, s => s.Value.ToString(), StringComparer.Ordinal), ignoreOrder: true);

    [Fact]
    public void Every_result_code_of_a_report_has_a_row()
    {
        var rows = MappingTable.Rows(Common, "Result codes").ToDictionary(r => r.Number, r => r["Message when reported"]);

        foreach (var code in Enumerable.Range(0, 120_000))
            rows.GetValueOrDefault(code, "Accepted").ShouldBe($"{LinkResultCode.Means(code) ?? NotificationState.Accepted}", $"{code}");
    }

    [Fact]
    public async Task Every_result_code_of_an_answer_has_a_row()
    {
        var rows = MappingTable.Rows(Common, "Result codes").ToDictionary(r => r.Number, Row);

        foreach (var code in Enumerable.Range(0, 6000))
            Row(await Send(CommonGateway, HttpStatusCode.OK, $$"""{"resultCode":{{code}}}""")).ShouldBe(rows.GetValueOrDefault(code, rows[99999]), $"{code}");
    }

    [Fact]
    public async Task Every_code_of_a_refusal_has_a_row()
    {
        var rows = MappingTable.Rows(Common, "Other answers to an SMS").Where(r => r.Number == 400).ToDictionary(r => r.Says, Row, StringComparer.Ordinal);

        foreach (var code in Enumerable.Range(105_900, 600).Where(c => c is < 106_100 or >= 106_400))
            Row(await Send(CommonGateway, HttpStatusCode.BadRequest, $$"""{"code":{{code}}}""")).ShouldBe(rows.GetValueOrDefault($"400 {code}", rows["400"]), $"{code}");
        // Those in between are about the account, as their neighbours are.
        foreach (var code in Enumerable.Range(106_100, 300))
            Row(await Send(CommonGateway, HttpStatusCode.BadRequest, $$"""{"code":{{code}}}""")).ShouldBe(rows["400 106200"], $"{code}");
    }

    [Theory]
    [InlineData(Acs, "Answers to an e-mail")]
    [InlineData(Pswin, "Answers to an SMS")]
    [InlineData(Common, "Other answers to an SMS")]
    public async Task Every_status_of_http_is_one_of_the_rows_or_like_those_of_its_kind(string provider, string table)
    {
        // Of several rows of a status, the one for an answer that says nothing more.
        var rows = MappingTable.Rows(provider, table).Where(r => r.Text is null).GroupBy(r => r.Number).ToDictionary(r => r.Key, r => Row(r.FirstOrDefault(row => row.Code.Length == 0) ?? r.Last()));
        Func<HttpClient, IMessageProvider> sender = provider == Acs ? AcsEmail : provider == Pswin ? PswinGateway : CommonGateway;

        foreach (var status in Enumerable.Range(201, 399))
        {
            var verdict = Row(await Send(sender, (HttpStatusCode)status, ""));
            verdict.ShouldBe(rows.GetValueOrDefault(status, Kind(rows, provider, status)), $"{status}");
        }
    }

    [Theory]
    [InlineData(Acs)]
    [InlineData("Mail servers")]
    [InlineData(Pswin)]
    [InlineData(Common)]
    public void Every_fault_of_a_provider_has_a_row_and_none_of_them_a_second_message(string provider)
    {
        var rows = MappingTable.Rows(provider, "Faults");

        rows.Select(r => r.Says).ShouldBe(
        [
            "reset-before", "reset-after", "reset-after-reported", "slow", "huge", "garbage", "500", "503", "401", "503-always", "reported-first", "reported-twice",
        ]);
        rows.ShouldAllBe(r => r.Count("Taken") <= 1);
        if (provider == Acs)
            rows.Where(r => r.Says != "503-always").ShouldAllBe(r => r.Count("Taken") == 1 && r["Message"] != "Failed_TTL");
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData("Canceled")]
    [InlineData("NotStarted")]
    [InlineData("Running")]
    public void Every_status_of_an_operation_has_a_row(string status) =>
        MappingTable.Rows(Acs, "Operations that are asked about").Single(r => r.Says == status)["Message"].ShouldBe($"{AcsAnswers.OfOperation(status, AcsError.None) ?? NotificationState.Sending}");

    /// <summary>What a provider that says nothing of a status would be understood to mean by it.</summary>
    private static (string, string, string) Kind(Dictionary<int, (string, string, string)> rows, string provider, int status) => (provider, status) switch
    {
        (Acs, < 400) => rows[302],
        (Acs, < 500) => rows[422],
        (Acs, _) => rows[504],
        (_, < 300) => rows[202],
        (_, < 400) => rows[302],
        (_, < 500) => rows[404],
        (_, _) => rows[500],
    };

    private static Dictionary<string, string> Known(string provider, string table) =>
        MappingTable.Rows(provider, table).Where(r => !r.Name.EndsWith("any other", StringComparison.Ordinal) && r["Message"] != "Accepted").ToDictionary(r => r.Says, r => r["Message"], StringComparer.Ordinal);

    private static (string Attempt, string Message, string Pause) Row(MappingRow row) => (row["Attempt"], row["Message"], row["Pause"]);

    private static (string Attempt, string Message, string Pause) Row(Verdict verdict) =>
        ($"{verdict.Outcome}", $"{verdict.State}", verdict.Pause is null ? "" : verdict.IsAboutSender ? "sender" : "all");

    private static async Task<Verdict> Send(Func<HttpClient, IMessageProvider> provider, HttpStatusCode status, string body)
    {
        using var http = new HttpClient(StubHandler.Answers(status, body));
        return await provider(http).Send(Messages.Sms, CancellationToken.None);
    }

    private static readonly SmsAccount Account = new(new Uri("https://gateway.example/"), "user", "password");

    private static IMessageProvider AcsEmail(HttpClient http) =>
        new AcsEmail(http, AcsConnection.Parse("endpoint=https://contoso.example/;accesskey=AAECAw=="), new EmailSettings(), new FixedClock());

    private static IMessageProvider PswinGateway(HttpClient http) => new PswinGateway(http, Account, new SmsSettings(), new FixedClock());

    private static IMessageProvider CommonGateway(HttpClient http) => new CommonGateway(http, Account, new SmsSettings { Partner = "us", ReportGate = "gate" }, new FixedClock());
}
