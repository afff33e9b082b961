using System.Net;
using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Sms;

/// <summary>The PSWin XML protocol. A message whose outcome is not known stays with the gateway and is never sent again.</summary>
public sealed class PswinGatewayTests
{
    private const string Ok = "<LOGON>OK</LOGON><REASON/><MSGLST><MSG><ID>1</ID><REF>7c0fd6f2</REF><STATUS>OK</STATUS><INFO/></MSG></MSGLST>";
    private static readonly FixedClock Clock = new();

    public static TheoryData<string, AttemptOutcome, NotificationState> Answers() => new()
    {
        { Session(Ok), AttemptOutcome.Accepted, NotificationState.Accepted },
        { Session(Ok.Replace("<REF>7c0fd6f2</REF>", "")), AttemptOutcome.Accepted, NotificationState.Accepted },
        { "<!DOCTYPE SESSION SYSTEM \"pswincom_reply.dtd\">" + Session(Ok), AttemptOutcome.Accepted, NotificationState.Accepted },
        { Message("FAIL", "Invalid RCV '12345678'. Receiver number must be at least 9 digits."), AttemptOutcome.Refused, NotificationState.Failed_InvalidRecipient },
        { Message("FAIL", "invalid rcv"), AttemptOutcome.Refused, NotificationState.Failed_InvalidRecipient },
        { Message("FAIL", "No credit."), AttemptOutcome.Refused, NotificationState.Failed },
        { Message("FAIL", ""), AttemptOutcome.Refused, NotificationState.Failed },
        { Session("<LOGON>FAIL</LOGON><REASON>Wrong password.</REASON>"), AttemptOutcome.Deferred, NotificationState.New },
        { Session("<LOGON>FAIL</LOGON><MSGLST><MSG><ID>1</ID><STATUS>FAIL</STATUS></MSG></MSGLST>"), AttemptOutcome.Deferred, NotificationState.New },
        { Message("MAYBE", ""), AttemptOutcome.Unknown, NotificationState.Sending },
        { Session("<LOGON>OK</LOGON>"), AttemptOutcome.Unknown, NotificationState.Sending },
        { Session("<LOGON>OK</LOGON><MSGLST/>"), AttemptOutcome.Unknown, NotificationState.Sending },
        { "<html><body>It works!</body></html>", AttemptOutcome.Unknown, NotificationState.Sending },
        { "", AttemptOutcome.Unknown, NotificationState.Sending },
        { "OK", AttemptOutcome.Unknown, NotificationState.Sending },
        { "<SESSION><LOGON>OK</LOGON><MSGLST>", AttemptOutcome.Unknown, NotificationState.Sending },
        { "\0", AttemptOutcome.Unknown, NotificationState.Sending },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means(string body, AttemptOutcome outcome, NotificationState state)
    {
        var verdict = await Send(StubHandler.Answers(HttpStatusCode.OK, body));

        (verdict.Outcome, verdict.State).ShouldBe((outcome, state));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_gateway_that_did_not_take_the_message_is_asked_again(int status)
    {
        var verdict = await Send(StubHandler.Answers((HttpStatusCode)status, "<html/>"));

        (verdict.Outcome, verdict.State, verdict.Answer).ShouldBe((AttemptOutcome.Deferred, NotificationState.New, $"{status}"));
    }

    [Fact]
    public async Task The_gateways_name_for_the_message_is_kept() =>
        (await Send(StubHandler.Answers(HttpStatusCode.OK, Session(Ok)))).Reference.ShouldBe("7c0fd6f2");

    [Theory]
    [InlineData("")]
    [InlineData("<REF/>")]
    [InlineData("<REF> </REF>")]
    public async Task A_message_that_was_taken_without_a_name_has_none(string reference) =>
        (await Send(StubHandler.Answers(HttpStatusCode.OK, Session(Ok.Replace("<REF>7c0fd6f2</REF>", reference))))).Reference.ShouldBeNull();

    [Fact]
    public async Task A_refusal_is_kept_without_the_number_it_repeats() =>
        (await Send(StubHandler.Answers(HttpStatusCode.OK, Message("FAIL", "Invalid RCV '4799999999'.")))).Answer.ShouldBe("FAIL Invalid RCV");

    [Fact]
    public async Task What_a_doctype_defines_is_not_expanded()
    {
        var bomb = $"<!DOCTYPE SESSION [<!ENTITY ref SYSTEM \"file:///etc/hostname\">]>{Session(Ok.Replace("7c0fd6f2", "&ref;"))}";

        (await Send(StubHandler.Answers(HttpStatusCode.OK, bomb))).Reference.ShouldBeNull();
    }

    [Fact]
    public async Task No_answer_in_time_is_unknown()
    {
        var verdict = await Send(StubHandler.NeverAnswers());

        (verdict.Outcome, verdict.State).ShouldBe((AttemptOutcome.Unknown, NotificationState.Sending));
    }

    [Fact]
    public async Task A_gateway_that_refuses_the_connection_is_asked_again()
    {
        using var sockets = new SocketsHttpHandler();
        var verdict = await Send(sockets, endpoint: new Uri($"http://127.0.0.1:{RawServer.ClosedPort()}/"));

        (verdict.Outcome, verdict.State).ShouldBe((AttemptOutcome.Deferred, NotificationState.New));
    }

    [Fact]
    public async Task A_gateway_whose_name_is_not_known_is_asked_again()
    {
        var verdict = await Send(StubHandler.Throws(new HttpRequestException(HttpRequestError.NameResolutionError)));

        (verdict.Outcome, verdict.State).ShouldBe((AttemptOutcome.Deferred, NotificationState.New));
    }

    [Fact]
    public async Task The_request_is_utf8_by_its_header_its_declaration_and_its_bytes()
    {
        var gateway = StubHandler.Answers(HttpStatusCode.OK, Session(Ok));
        await Send(gateway, Messages.Sms with { Body = "Blåbærsyltetøy" });

        var seen = gateway.Seen.Single();
        seen.ContentType!.ToString().ShouldBe("text/xml; charset=utf-8");
        Encoding.UTF8.GetString(seen.Body).ShouldStartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        Encoding.UTF8.GetString(seen.Body).ShouldContain("Blåbærsyltetøy");
    }

    [Fact]
    public async Task The_account_is_named_in_the_body()
    {
        var session = await Requested(Messages.Sms);

        (session.Element("CLIENT")!.Value, session.Element("PW")!.Value).ShouldBe(("user", "p<ss"));
    }

    [Theory]
    [InlineData("Hei på deg, 100 €!\nHilsen", "Hei på deg, 100 €!\nHilsen")]
    [InlineData("Hei $recipientName$", "Hei Ola")]
    [InlineData("<b>&amp;", "<b>&amp;")]
    [InlineData("a\u030A", "å")]
    public async Task A_text_in_the_gateways_alphabet_is_sent_as_it_is(string body, string expected)
    {
        var message = await RequestedMessage(Messages.Sms with { Body = body });

        message.Element("TEXT")!.Value.ShouldBe(expected);
        message.Element("OP").ShouldBeNull();
    }

    [Theory]
    [InlineData("Č", "010c")]
    [InlineData("Hei 😀", "00480065006900 20d83dde00")]
    [InlineData("“", "201c")]
    [InlineData("a\u0001b", "006100010062")]
    [InlineData("a\fb", "0061000c0062")]
    public async Task Any_other_text_is_sent_as_hexadecimal_utf16(string body, string expected)
    {
        var message = await RequestedMessage(Messages.Sms with { Body = body });

        message.Element("TEXT")!.Value.ShouldBe(expected.Replace(" ", ""));
        message.Element("OP")!.Value.ShouldBe("9");
    }

    [Theory]
    [InlineData("+4799999999", "4799999999")]
    [InlineData("004799999999", "4799999999")]
    [InlineData("+47 999 99 999", "4799999999")]
    [InlineData("+233242426224", "233242426224")]
    public async Task The_receiver_is_digits_with_a_country_code(string address, string expected) =>
        (await RequestedMessage(Messages.Sms with { Address = address })).Element("RCV")!.Value.ShouldBe(expected);

    [Theory]
    [InlineData(48 * 3600, "2880")]
    [InlineData(121, "3")]
    [InlineData(61, "2")]
    [InlineData(60, "1")]
    [InlineData(1, "1")]
    [InlineData(0, "1")]
    [InlineData(-3600, "1")]
    public async Task The_time_to_live_is_rounded_up_and_never_nothing(int seconds, string minutes) =>
        (await RequestedMessage(Messages.Sms with { ExpiresAt = Clock.Now.AddSeconds(seconds) })).Element("TTL")!.Value.ShouldBe(minutes);

    [Theory]
    [InlineData(null, "Altinn")]
    [InlineData("Skatt", "Skatt")]
    public async Task The_sender_is_the_orders_or_the_default_one(string? sender, string expected) =>
        (await RequestedMessage(Messages.Sms with { Sender = sender })).Element("SND")!.Value.ShouldBe(expected);

    [Fact]
    public void Whatever_the_gateway_answers_there_is_a_verdict() => Prop
        .ForAll(Mutilated.From(Session(Ok), Message("FAIL", "Invalid RCV"), Session("<LOGON>FAIL</LOGON>")), body =>
            Send(StubHandler.Answers(HttpStatusCode.OK, Encoding.UTF8.GetString(body))).GetAwaiter().GetResult() is { Answer.Length: < 100 })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public async Task A_name_that_no_index_can_hold_is_no_name() =>
        (await Send(StubHandler.Answers(HttpStatusCode.OK, Session(Ok.Replace("7c0fd6f2", new string('x', 5000)))))).Reference.ShouldBeNull();

    [Fact]
    public async Task A_report_is_asked_for() => (await RequestedMessage(Messages.Sms)).Element("RCPREQ")!.Value.ShouldBe("Y");

    private static async Task<XElement> RequestedMessage(ClaimedNotification sms) => (await Requested(sms)).Element("MSGLST")!.Elements("MSG").Single();

    private static async Task<XElement> Requested(ClaimedNotification sms)
    {
        var gateway = StubHandler.Answers(HttpStatusCode.OK, Session(Ok));
        await Send(gateway, sms);
        return XElement.Parse(Encoding.UTF8.GetString(gateway.Seen.Single().Body), LoadOptions.PreserveWhitespace);
    }

    private static async Task<Verdict> Send(HttpMessageHandler gateway, ClaimedNotification? sms = null, Uri? endpoint = null)
    {
        using var http = new HttpClient(gateway, disposeHandler: false) { Timeout = TimeSpan.FromMilliseconds(endpoint is null ? 50 : 5000) };
        var account = new SmsAccount(endpoint ?? new Uri("http://gateway.example/"), "user", "p<ss");
        return await new PswinGateway(http, account, new SmsSettings(), Clock).Send(sms ?? Messages.Sms, CancellationToken.None);
    }

    private static string Message(string status, string info) =>
        Session($"<LOGON>OK</LOGON><MSGLST><MSG><ID>1</ID><STATUS>{status}</STATUS><INFO>{info}</INFO></MSG></MSGLST>");

    private static string Session(string content) => $"<SESSION>{content}</SESSION>";
}
