using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.HandOff;

/// <summary>
/// Providers that answer anything at all, over a real wire and with the clients as they are registered: there is always a verdict, and none
/// that the answer does not bear.
/// </summary>
public sealed class AnswerFuzzTests : IAsyncLifetime, IDisposable
{
    private const string Email = """{"id":"8540c0de-899f-5cce-acb5-3ec493af3800","status":"Running"}""";
    private const string EmailError = """{"error":{"code":"InvalidEmailAddress","message":"Invalid format for email address"}}""";
    private const string Operation = """{"id":"x","status":"Failed","error":{"code":"EmailDropped","message":"x"}}""";
    private const string Sms = "<?xml version=\"1.0\"?><SESSION><LOGON>OK</LOGON><REASON/><MSGLST><MSG><ID>1</ID><REF>7c0f</REF><STATUS>OK</STATUS><INFO/></MSG></MSGLST></SESSION>";
    private const string SmsRefusal = "<SESSION><LOGON>OK</LOGON><MSGLST><MSG><ID>1</ID><STATUS>FAIL</STATUS><INFO>Invalid RCV '1'</INFO></MSG></MSGLST></SESSION>";
    private const string CommonSms = """{"messageId":"Dcshuhod0PMAAAFQ","resultCode":1005,"description":"Queued"}""";
    private const string CommonRefusal = """{"code":106100,"description":"Invalid authentication"}""";

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(200);

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-8", "text/xml; charset=iso-8859-1", "text/html", "text/xml; charset=nonsense", "text/xml; charset=\"", "text/xml; charset=utf-7",
        "application/json; charset=utf-16", "multipart/mixed", ";;;", "",
    ];

    private readonly RawServer _server = new();
    private ServiceProvider _services = null!;

    public Task InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Email:ConnectionString"] = $"endpoint={_server.Address};accesskey=AAECAw==",
            ["Sms:Endpoint"] = _server.Address.AbsoluteUri,
            ["Sms:User"] = "user",
            ["Sms:Password"] = "password",
            ["Sms:Second:Endpoint"] = _server.Address.AbsoluteUri,
            ["Sms:Second:User"] = "user",
            ["Sms:Second:Password"] = "password",
            ["Sms:Second:Protocol"] = "Common",
            ["Sms:Second:Partner"] = "us",
            ["Sms:Second:ReportGate"] = "gate",
        };
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FixedClock());
        services.AddProviders(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        _services = services.BuildServiceProvider();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Email_is_taken_only_where_the_answer_says_so() => Prop.ForAll(Answers([202, 202, 400, 429, 500], Email, EmailError), answer =>
    {
        var verdict = Send(Providers.Acs, Messages.Email, answer);
        return verdict.Outcome != AttemptOutcome.Accepted || Says(answer, "202") || Says(answer, "Operation");
    }).Check(Runs);

    [Fact]
    public void An_operation_has_ended_only_where_the_answer_says_so() => Prop.ForAll(Answers([200, 200, 429], Operation), answer =>
    {
        _server.Answer = answer;
        var asked = _services.GetRequiredService<AcsEmail>().Ask(Messages.Email.Id, CancellationToken.None).GetAwaiter().GetResult();
        return asked.State is null || Says(answer, "\"Failed\"");
    }).Check(Runs);

    [Fact]
    public void An_SMS_is_taken_or_sent_again_only_where_the_answer_says_so() => Prop.ForAll(Answers([200, 200, 200, 503], Sms, SmsRefusal), answer =>
    {
        var verdict = Send(Providers.Link, Messages.Sms, answer);
        return verdict.Outcome switch
        {
            AttemptOutcome.Accepted => Says(answer, "<STATUS>OK</STATUS>"),
            AttemptOutcome.Deferred => Says(answer, "503") || Says(answer, "<LOGON>"),
            _ => true,
        };
    }).Check(Runs);

    [Fact]
    public void An_SMS_is_taken_or_sent_again_by_the_Common_interface_only_where_the_answer_says_so() => Prop.ForAll(Answers([200, 200, 401], CommonSms, CommonRefusal), answer =>
    {
        var verdict = Send(Providers.LinkCommon, Messages.Sms with { Provider = Providers.LinkCommon }, answer);
        return verdict.Outcome switch
        {
            AttemptOutcome.Accepted => Says(answer, "100"),
            AttemptOutcome.Deferred => Says(answer, "401") || Says(answer, "code") || Says(answer, "Code"),
            _ => true,
        };
    }).Check(Runs);

    public static TheoryData<string, string> Beginnings()
    {
        var beginnings = new TheoryData<string, string>();
        foreach (var provider in new[] { Providers.Acs, Providers.Link, Providers.LinkCommon })
        {
            foreach (var beginning in new[] { "", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<SESSION>", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz", "garbage\r\n\r\n" })
                beginnings.Add(provider, beginning);
        }
        return beginnings;
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void A_connection_that_breaks_after_the_message_left_is_unknown_and_nothing_is_sent_again_in_the_same_call(string provider, string beginning)
    {
        Send(provider, provider == Providers.Acs ? Messages.Email : Messages.Sms, Encoding.ASCII.GetBytes(beginning)).Outcome.ShouldBe(AttemptOutcome.Unknown);

        _server.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(Providers.Acs, AttemptOutcome.Unknown)]
    [InlineData(Providers.Link, AttemptOutcome.Deferred)]
    [InlineData(Providers.LinkCommon, AttemptOutcome.Deferred)]
    public async Task Nobody_else_is_sent_what_a_provider_redirects(string provider, AttemptOutcome outcome)
    {
        await using var elsewhere = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        Send(provider, Messages.Email, Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n")).Outcome.ShouldBe(outcome);
        elsewhere.Requests.ShouldBe(0);
    }

    private Verdict Send(string provider, ClaimedNotification message, byte[] answer)
    {
        _server.Answer = answer;
        var verdict = _services.GetRequiredKeyedService<IMessageProvider>(provider).Send(message, CancellationToken.None).GetAwaiter().GetResult();
        verdict.Answer.Length.ShouldBeLessThan(100);
        return verdict;
    }

    private static bool Says(byte[] answer, string text) => Encoding.Latin1.GetString(answer).Contains(text, StringComparison.Ordinal);

    /// <summary>Good answers, with any character set and any length that a header may claim, and wounded anywhere.</summary>
    private static Arbitrary<byte[]> Answers(int[] statuses, params string[] bodies)
    {
        var good = Mutilated.From([.. from status in statuses from body in bodies select Whole(status, "application/json", body, body.Length)]);
        var dressed =
            from status in Gen.Elements(statuses)
            from type in Gen.Elements(Types)
            from body in Mutilated.From(bodies).Generator
            from claimed in Gen.Elements(0, body.Length, body.Length + 7, Math.Max(0, body.Length - 3), -1)
            select (byte[])[.. Encoding.Latin1.GetBytes(Whole(status, type, "", claimed)), .. body];
        return Gen.Frequency((1, good.Generator), (2, dressed)).ToArbitrary();
    }

    /// <param name="length">Negative for a body in chunks.</param>
    private static string Whole(int status, string type, string body, int length) =>
        $"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Type: {type}\r\n{(length < 0 ? "Transfer-Encoding: chunked" : $"Content-Length: {length}")}\r\nRetry-After: 99999999\r\nx-ms-error-code: x\r\n\r\n{body}";
}
