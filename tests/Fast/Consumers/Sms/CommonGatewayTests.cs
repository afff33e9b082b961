using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Sms;

/// <summary>The protocol of the Common interface.</summary>
public sealed class CommonGatewayTests
{
    private const string Ok = """{"messageId":"Dcshuhod0PMAAAFQ","resultCode":1005,"description":"Queued"}""";

    [Theory]
    [InlineData(1005, AttemptOutcome.Accepted, NotificationState.Accepted, null)]
    [InlineData(1000, AttemptOutcome.Accepted, NotificationState.Accepted, null)]
    [InlineData(1001, AttemptOutcome.Accepted, NotificationState.Accepted, null)]
    [InlineData(0, AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(1, AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData(2, AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData(3, AttemptOutcome.Deferred, NotificationState.New, PauseCause.Throttled)]
    [InlineData(4, AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(5, AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData(6, AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData(104, AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(105, AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData(2104, AttemptOutcome.Refused, NotificationState.Failed_InvalidRecipient, null)]
    [InlineData(2105, AttemptOutcome.Refused, NotificationState.Failed_BarredReceiver, null)]
    [InlineData(2106, AttemptOutcome.Refused, NotificationState.Failed_InvalidRecipient, null)]
    [InlineData(2200, AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData(3002, AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData(4007, AttemptOutcome.Refused, NotificationState.Failed_Rejected, null)]
    [InlineData(99999, AttemptOutcome.Unknown, NotificationState.Sending, null)]
    public async Task A_result_code_means(int code, AttemptOutcome outcome, NotificationState state, PauseCause? pause)
    {
        var verdict = await Send(StubHandler.Answers(HttpStatusCode.OK, $$"""{"messageId":"m","resultCode":{{code}},"description":"+4799999999"}"""));

        (verdict.Outcome, verdict.State, verdict.Pause, verdict.Answer).ShouldBe((outcome, state, pause, $"{code}"));
    }

    [Theory]
    [InlineData(400, "", AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData(400, """{"code":106000}""", AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData(401, "", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(401, """{"code":106100}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(403, """{"code":106101}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(400, """{"code":106200}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(400, """{"code":106201}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(400, """{"code":106202}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(400, """{"code":106300}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(400, """{"code":106301}""", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData(400, """{"code":2106}""", AttemptOutcome.Refused, NotificationState.Failed_InvalidRecipient, null)]
    [InlineData(400, """{"code":4004}""", AttemptOutcome.Refused, NotificationState.Failed_Rejected, null)]
    [InlineData(429, "", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Throttled)]
    [InlineData(500, "", AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData(502, "", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(503, "", AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData(504, "", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(200, "", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(200, "[]", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(200, "{}", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(200, """{"resultCode":"1005"}""", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    [InlineData(200, """{"resultCode":1e99}""", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    public async Task An_answer_means(int status, string body, AttemptOutcome outcome, NotificationState state, PauseCause? pause)
    {
        var verdict = await Send(StubHandler.Answers((HttpStatusCode)status, body));

        (verdict.Outcome, verdict.State, verdict.Pause).ShouldBe((outcome, state, pause));
    }

    [Fact]
    public async Task The_message_is_named_after_the_notification_and_its_own_name_is_kept()
    {
        (await Sent(Messages.Sms)).GetProperty("refId").GetString().ShouldBe(Messages.Sms.Id.ToString());
        (await Send(StubHandler.Answers(HttpStatusCode.OK, Ok))).Reference.ShouldBe("Dcshuhod0PMAAAFQ");
    }

    [Fact]
    public async Task We_say_who_we_are_and_where_reports_go()
    {
        var gateway = StubHandler.Answers(HttpStatusCode.OK, Ok);
        await Send(gateway);

        var seen = gateway.Seen.Single();
        seen.Address.ShouldBe(new Uri("https://gateway.example/sms/send"));
        seen.Headers.Authorization!.ToString().ShouldBe("Basic " + Convert.ToBase64String("user:p<ss"u8));
        var body = JsonSerializer.Deserialize<JsonElement>(seen.Body);
        (body.GetProperty("platformId").GetString(), body.GetProperty("platformPartnerId").GetString()).ShouldBe(("COMMON_API", "partner"));
        body.GetProperty("deliveryReportGates").EnumerateArray().Select(g => g.GetString()).ShouldBe(["gate"]);
        body.GetProperty("useDeliveryReport").GetBoolean().ShouldBeTrue();
        (body.GetProperty("destination").GetString(), body.GetProperty("destinationTON").GetString()).ShouldBe(("+4799999999", "MSISDN"));
    }

    [Theory]
    [InlineData(1, "GSM")]
    [InlineData(160, "GSM")]
    [InlineData(161, "TEXT")]
    public async Task What_the_alphabet_holds_is_declared_and_what_is_longer_than_a_message_is_left_to_the_gateway(int length, string coding) =>
        (await Sent(Messages.Sms with { Body = new string('å', length) })).GetProperty("dcs").GetString().ShouldBe(coding);

    [Theory]
    [InlineData(1, "UCS2")]
    [InlineData(70, "UCS2")]
    [InlineData(71, "TEXT")]
    public async Task What_the_alphabet_lacks_is_declared(int length, string coding)
    {
        var body = await Sent(Messages.Sms with { Body = new string('š', length) });

        (body.GetProperty("dcs").GetString(), body.GetProperty("userData").GetString()).ShouldBe((coding, new string('š', length)));
    }

    [Theory]
    [InlineData(1, 900_000)]
    [InlineData(900, 900_000)]
    [InlineData(901.0001, 901_001)]
    [InlineData(172_800, 172_800_000)]
    [InlineData(200_000, 172_800_000)]
    public async Task A_message_lives_until_its_expiry_within_what_the_gateway_takes(double secondsLeft, long milliseconds) =>
        (await Sent(Messages.Sms with { ExpiresAt = FixedClock.Start.AddSeconds(secondsLeft) })).GetProperty("relativeValidityTime").GetInt64().ShouldBe(milliseconds);

    [Theory]
    [InlineData(null, "Altinn", "ALPHANUMERIC")]
    [InlineData("Skatt 24", "Skatt 24", "ALPHANUMERIC")]
    [InlineData("2400", "2400", "SHORTNUMBER")]
    [InlineData("+4799999999", "+4799999999", "MSISDN")]
    [InlineData("4799999999", "+4799999999", "MSISDN")]
    public async Task The_kind_of_the_sender_is_told(string? sender, string source, string kind)
    {
        var body = await Sent(Messages.Sms with { Sender = sender });

        (body.GetProperty("source").GetString(), body.GetProperty("sourceTON").GetString()).ShouldBe((source, kind));
    }

    [Theory]
    [InlineData("Altinn", true)]
    [InlineData("A", true)]
    [InlineData("Skatt & Co.", true)]
    [InlineData("ElevenChars", true)]
    [InlineData("TwelveCharss", false)]
    [InlineData("Skåtten", false)]
    [InlineData("123456789012345", true)]
    [InlineData("1234567890123456", false)]
    [InlineData("+4799999999", true)]
    [InlineData("", false)]
    [InlineData("Alt\ninn", false)]
    public void A_sender_is_one_that_networks_let_through(string sender, bool isValid) => SmsSender.IsValid(sender).ShouldBe(isValid);

    [Fact]
    public async Task No_answer_is_unknown()
    {
        (await Send(StubHandler.NeverAnswers())).Outcome.ShouldBe(AttemptOutcome.Unknown);
        (await Send(StubHandler.Throws(new HttpRequestException(HttpRequestError.ResponseEnded)))).Outcome.ShouldBe(AttemptOutcome.Unknown);
        (await Send(StubHandler.Throws(new HttpRequestException(HttpRequestError.ConnectionError)))).Outcome.ShouldBe(AttemptOutcome.Deferred);
    }

    [Fact]
    public void Whatever_the_gateway_answers_there_is_a_verdict_and_never_a_second_message() => Prop
        .ForAll(Mutilated.From(Ok, """{"code":106100,"description":"x"}"""), body =>
            Send(StubHandler.Answers(HttpStatusCode.OK, Encoding.UTF8.GetString(body))).GetAwaiter().GetResult() is { Answer.Length: < 50 })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static async Task<JsonElement> Sent(ClaimedNotification sms)
    {
        var gateway = StubHandler.Answers(HttpStatusCode.OK, Ok);
        await Send(gateway, sms);
        return JsonSerializer.Deserialize<JsonElement>(gateway.Seen.Single().Body);
    }

    private static async Task<Verdict> Send(HttpMessageHandler gateway, ClaimedNotification? sms = null)
    {
        using var http = new HttpClient(gateway, disposeHandler: false) { Timeout = TimeSpan.FromMilliseconds(50) };
        var account = new SmsAccount(new Uri("https://gateway.example/"), "user", "p<ss");
        var settings = new SmsSettings { Protocol = SmsProtocol.Common, Partner = "partner", ReportGate = "gate" };
        return await new CommonGateway(http, account, settings, new FixedClock()).Send(sms ?? Messages.Sms, CancellationToken.None);
    }
}
