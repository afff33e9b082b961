using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Email;

/// <summary>What the answers of Azure Communication Services mean.</summary>
public sealed class AcsEmailTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    public static TheoryData<int, string, AttemptOutcome, NotificationState> Answers() => new()
    {
        { 202, """{"id":"8540c0de-899f-5cce-acb5-3ec493af3800","status":"Running"}""", AttemptOutcome.Accepted, NotificationState.Sending },
        { 202, "", AttemptOutcome.Accepted, NotificationState.Sending },
        { 400, Error("InvalidEmailAddress", "No."), AttemptOutcome.Refused, NotificationState.Failed_InvalidFormat },
        { 400, Error("BadRequest", "Invalid format for email address"), AttemptOutcome.Refused, NotificationState.Failed_InvalidFormat },
        { 400, Error("BadRequest", "invalid FORMAT for email address in 'to'"), AttemptOutcome.Refused, NotificationState.Failed_InvalidFormat },
        { 400, Error("BadRequest", "The Operation-Id was already used."), AttemptOutcome.Accepted, NotificationState.Sending },
        { 400, Error("BadRequest", "The subject is missing."), AttemptOutcome.Refused, NotificationState.Failed },
        { 400, "", AttemptOutcome.Refused, NotificationState.Failed },
        { 401, Error("Unauthorized", "Clock drift."), AttemptOutcome.Deferred, NotificationState.New },
        { 403, Error("Forbidden", ""), AttemptOutcome.Deferred, NotificationState.New },
        { 404, Error("NotFound", ""), AttemptOutcome.Deferred, NotificationState.New },
        { 408, "", AttemptOutcome.Unknown, NotificationState.New },
        { 413, "", AttemptOutcome.Refused, NotificationState.Failed_PayloadTooLarge },
        { 400, Error("DomainNotLinked", "ola@example.no"), AttemptOutcome.Deferred, NotificationState.New },
        { 400, Error("EmailDroppedAllRecipientsSuppressed", ""), AttemptOutcome.Refused, NotificationState.Failed_SuppressedRecipient },
        { 400, Error("BadRequest", "Message dropped because all recipients were suppressed"), AttemptOutcome.Refused, NotificationState.Failed_SuppressedRecipient },
        { 422, Error("Unprocessable", ""), AttemptOutcome.Refused, NotificationState.Failed },
        { 429, Error("TooManyRequests", ""), AttemptOutcome.Deferred, NotificationState.New },
        { 500, "", AttemptOutcome.Unknown, NotificationState.New },
        { 502, "<html>Bad gateway</html>", AttemptOutcome.Unknown, NotificationState.New },
        { 503, Error("ServiceUnavailable", ""), AttemptOutcome.Unknown, NotificationState.New },
        { 504, "", AttemptOutcome.Unknown, NotificationState.New },
        { 302, "", AttemptOutcome.Unknown, NotificationState.New },
    };

    public static TheoryData<string> Garbage() =>
    [
        "", " ", "{", "[]", "null", "42", "\"text\"", "{\"error\":null}", "{\"error\":[]}", "{\"error\":\"text\"}", "{\"error\":{}}",
        "{\"error\":{\"code\":7,\"message\":{}}}", "<html></html>", "\0\0\0", "\uFFFD\uFFFD",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means(int status, string body, AttemptOutcome outcome, NotificationState state)
    {
        var verdict = await Send(StubHandler.Answers((HttpStatusCode)status, body));

        (verdict.Outcome, verdict.State).ShouldBe((outcome, state));
    }

    [Theory]
    [InlineData(429, "TooManyRequests", PauseCause.Throttled, false)]
    [InlineData(401, "Unauthorized", PauseCause.Misconfigured, false)]
    [InlineData(403, "Forbidden", PauseCause.Misconfigured, false)]
    [InlineData(404, "NotFound", PauseCause.Misconfigured, false)]
    [InlineData(404, "DomainNotLinked", PauseCause.Misconfigured, true)]
    [InlineData(400, "DomainNotLinked", PauseCause.Misconfigured, true)]
    [InlineData(400, "InvalidEmailAddress", null, false)]
    [InlineData(413, "RequestTooLarge", null, false)]
    [InlineData(500, "InternalServerError", null, false)]
    public async Task What_is_not_the_recipients_fault_is_waited_for_by_all_messages_or_all_of_the_sender(int status, string code, PauseCause? pause, bool isAboutSender)
    {
        var verdict = await Send(StubHandler.Answers((HttpStatusCode)status, Error(code, "")));

        (verdict.Pause, verdict.IsAboutSender).ShouldBe((pause, isAboutSender));
    }

    [Fact]
    public async Task The_code_of_the_header_counts_where_the_body_has_none() =>
        (await Send(StubHandler.Answers(HttpStatusCode.BadRequest, "", r => r.Headers.Add("x-ms-error-code", "InvalidEmailAddress")))).State.ShouldBe(NotificationState.Failed_InvalidFormat);

    [Theory]
    [InlineData("ola@example.no")]
    [InlineData("a code of several words")]
    public async Task What_is_not_a_code_is_not_kept(string code) => (await Send(StubHandler.Answers(HttpStatusCode.BadRequest, Error(code, "")))).Answer.ShouldBe("400");

    [Fact]
    public async Task An_answer_without_end_is_no_answer()
    {
        using var http = new HttpClient(StubHandler.Answers(HttpStatusCode.BadRequest, new string('x', 100_000))) { MaxResponseContentBufferSize = 64 * 1024 };

        (await Acs(http).Send(Messages.Email, CancellationToken.None)).Outcome.ShouldBe(AttemptOutcome.Unknown);
    }

    [Theory]
    [InlineData("""{"id":"x","status":"Succeeded"}""", "Succeeded", NotificationState.Succeeded)]
    [InlineData("""{"id":"x","status":"Failed","error":{"code":"EmailDropped","message":"…"}}""", "Failed EmailDropped", NotificationState.Failed)]
    [InlineData("""{"id":"x","status":"Failed","error":{"code":"EmailDroppedAllRecipientsSuppressed"}}""", "Failed EmailDroppedAllRecipientsSuppressed", NotificationState.Failed_SuppressedRecipient)]
    [InlineData("""{"id":"x","status":"Failed","error":{"code":"InvalidEmailAddress"}}""", "Failed InvalidEmailAddress", NotificationState.Failed_InvalidFormat)]
    [InlineData("""{"id":"x","status":"Failed"}""", "Failed", NotificationState.Failed)]
    [InlineData("""{"id":"x","status":"Canceled"}""", "Canceled", NotificationState.Failed)]
    [InlineData("""{"id":"x","status":"NotStarted"}""", null, null)]
    [InlineData("""{"id":"x","status":"Running"}""", null, null)]
    [InlineData("""{"id":"x","status":"Vanished"}""", null, null)]
    [InlineData("""{"id":"x","status":7}""", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("", null, null)]
    public async Task An_operation_that_is_asked_about_means(string body, string? status, NotificationState? state) =>
        (await Ask(StubHandler.Answers(HttpStatusCode.OK, body))).ShouldBe(new AskedOperation(status, state));

    [Theory]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    public async Task A_question_that_is_not_answered_changes_nothing(HttpStatusCode status, bool isTooOften) =>
        (await Ask(StubHandler.Answers(status, """{"status":"Failed"}"""))).ShouldBe(new AskedOperation(Status: null, State: null, isTooOften));

    [Fact]
    public async Task A_question_without_an_answer_changes_nothing()
    {
        (await Ask(StubHandler.NeverAnswers())).State.ShouldBeNull();
        (await Ask(StubHandler.Throws(new HttpRequestException(HttpRequestError.ConnectionError)))).State.ShouldBeNull();
    }

    [Fact]
    public void Whatever_the_provider_answers_there_is_a_verdict() => Prop
        .ForAll(Mutilated.From(Error("DomainNotLinked", "x"), """{"id":"x","status":"Failed","error":{"code":"EmailDropped","message":"x"}}"""), Gen.Elements(200, 202, 302, 400, 429, 500).ToArbitrary(),
            (body, status) =>
            {
                var text = System.Text.Encoding.UTF8.GetString(body);
                var verdict = Send(StubHandler.Answers((HttpStatusCode)status, text)).GetAwaiter().GetResult();
                Ask(StubHandler.Answers((HttpStatusCode)status, text)).GetAwaiter().GetResult();
                return verdict.Answer.Length < 100;
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public async Task With_an_identity_of_Entra_ID_the_request_carries_its_token()
    {
        var provider = StubHandler.Answers(HttpStatusCode.Accepted);
        using var http = new HttpClient(provider);

        await new AcsEmail(http, AcsConnection.Entra(new Uri("https://contoso.example/"), new Identity(), new FixedClock()), new EmailSettings(), new FixedClock()).Send(Messages.Email, CancellationToken.None);

        provider.Seen.Single().Headers.Authorization.ShouldBe(new AuthenticationHeaderValue("Bearer", "token 1"));
    }

    [Fact]
    public async Task Without_a_token_messages_wait()
    {
        using var http = new HttpClient(StubHandler.Answers(HttpStatusCode.Accepted));

        var verdict = await new AcsEmail(http, AcsConnection.Entra(new Uri("https://contoso.example/"), new Nobody(), new FixedClock()), new EmailSettings(), new FixedClock())
            .Send(Messages.Email, CancellationToken.None);

        (verdict.Outcome, verdict.State, verdict.Pause).ShouldBe((AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured));
    }

    [Fact]
    public async Task A_token_is_asked_for_again_shortly_before_it_expires()
    {
        var clock = new FixedClock();
        var token = new AcsToken(new Identity(), clock);

        (await token.Get(CancellationToken.None)).ShouldBe("token 1");
        clock.Now += TimeSpan.FromMinutes(54);
        (await token.Get(CancellationToken.None)).ShouldBe("token 1");
        clock.Now += TimeSpan.FromMinutes(2);
        (await token.Get(CancellationToken.None)).ShouldBe("token 2");
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task A_body_that_is_not_an_error_leaves_the_judgement_to_the_status(string body)
    {
        (await Send(StubHandler.Answers(HttpStatusCode.BadRequest, body))).State.ShouldBe(NotificationState.Failed);
        (await Send(StubHandler.Answers(HttpStatusCode.InternalServerError, body))).State.ShouldBe(NotificationState.New);
    }

    [Fact]
    public async Task The_status_and_the_code_are_kept_and_the_message_is_not() =>
        (await Send(StubHandler.Answers(HttpStatusCode.BadRequest, Error("DomainNotLinked", "ola@example.no")))).Answer.ShouldBe("400 DomainNotLinked");

    [Fact]
    public async Task A_call_without_an_answer_in_time_is_asked_again()
    {
        var verdict = await Send(StubHandler.NeverAnswers());

        (verdict.Outcome, verdict.State).ShouldBe((AttemptOutcome.Unknown, NotificationState.New));
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task A_broken_connection_is_asked_again(HttpRequestError error)
    {
        var verdict = await Send(StubHandler.Throws(new HttpRequestException(error, "ola@example.no")));

        (verdict.Outcome, verdict.State, verdict.Answer).ShouldBe((AttemptOutcome.Unknown, NotificationState.New, $"no answer: {error}"));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task A_provider_that_was_not_reached_has_certainly_not_taken_the_message(HttpRequestError error)
    {
        var verdict = await Send(StubHandler.Throws(new HttpRequestException(error, "ola@example.no")));

        (verdict.Outcome, verdict.State, verdict.Answer).ShouldBe((AttemptOutcome.Deferred, NotificationState.New, $"not reached: {error}"));
    }

    [Fact]
    public async Task A_caller_that_stops_gets_no_verdict()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Send(StubHandler.NeverAnswers(), cancellationToken: stopping.Token));
    }

    [Fact]
    public async Task Every_try_carries_the_notifications_id_as_operation_id()
    {
        var provider = StubHandler.Answers(HttpStatusCode.InternalServerError);
        await Send(provider, Messages.Email);
        await Send(provider, Messages.Email with { Attempt = 2 });

        provider.Seen.Select(r => r.Headers.GetValues("Operation-Id").Single()).ShouldBe([Messages.Email.Id.ToString(), Messages.Email.Id.ToString()]);
    }

    [Fact]
    public async Task The_same_notification_is_the_same_bytes_in_every_try()
    {
        var provider = StubHandler.Answers(HttpStatusCode.InternalServerError);
        await Send(provider, Messages.Email);
        await Send(provider, Messages.Email with { Attempt = 2 });

        provider.Seen[1].Body.ShouldBe(provider.Seen[0].Body);
    }

    [Fact]
    public async Task The_request_goes_to_the_send_operation_and_is_signed_over_its_own_bytes()
    {
        var provider = StubHandler.Answers(HttpStatusCode.Accepted);
        await Send(provider);

        var seen = provider.Seen.Single();
        seen.Method.ShouldBe(HttpMethod.Post);
        seen.Address.ShouldBe(new Uri("https://contoso.example/emails:send?api-version=2025-09-01"));
        seen.ContentType!.MediaType.ShouldBe("application/json");
        seen.Headers.GetValues("x-ms-content-sha256").Single().ShouldBe(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(seen.Body)));
    }

    [Fact]
    public async Task A_plain_text_is_sent_as_plain_text_with_the_name_as_it_is()
    {
        var content = await Content(Messages.Email);

        content.GetProperty("plainText").GetString().ShouldBe("Kjære Ola & Kari");
        content.TryGetProperty("html", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_html_text_is_sent_as_html_with_the_name_encoded()
    {
        var content = await Content(Messages.Email with { ContentType = EmailContentType.Html });

        content.GetProperty("html").GetString().ShouldBe("Kjære Ola &amp; Kari");
        content.GetProperty("plainText").GetString().ShouldBe("Kjære Ola & Kari");
    }

    [Fact]
    public async Task A_subject_is_never_html() =>
        (await Content(Messages.Email with { ContentType = EmailContentType.Html })).GetProperty("subject").GetString().ShouldBe("Hei Ola & Kari");

    [Theory]
    [InlineData(null, "noreply@altinn.cloud")]
    [InlineData("skatt@example.no", "skatt@example.no")]
    public async Task The_sender_is_the_orders_or_the_default_one(string? sender, string expected) =>
        (await Sent(Messages.Email with { Sender = sender })).GetProperty("senderAddress").GetString().ShouldBe(expected);

    [Fact]
    public async Task Nobody_tracks_whether_the_recipient_reads() =>
        (await Sent(Messages.Email)).GetProperty("userEngagementTrackingDisabled").GetBoolean().ShouldBeTrue();

    [Fact]
    public async Task Files_go_with_it_in_their_order_and_nothing_goes_where_there_are_none()
    {
        (await Sent(Messages.Email)).TryGetProperty("attachments", out _).ShouldBeFalse();

        var sent = (await Sent(Messages.Email with { Attachments = [new("b.pdf", "application/pdf", [1, 2, 255]), new("a.txt", "text/plain", [])] })).GetProperty("attachments");
        sent.EnumerateArray().Select(a => (a.GetProperty("name").GetString(), a.GetProperty("contentType").GetString(), a.GetProperty("contentInBase64").GetString()))
            .ShouldBe([("b.pdf", "application/pdf", "AQL/"), ("a.txt", "text/plain", "")]);
    }

    private static async Task<JsonElement> Content(ClaimedNotification email) => (await Sent(email)).GetProperty("content");

    private static async Task<JsonElement> Sent(ClaimedNotification email)
    {
        var provider = StubHandler.Answers(HttpStatusCode.Accepted);
        await Send(provider, email);
        return JsonSerializer.Deserialize<JsonElement>(provider.Seen.Single().Body);
    }

    private static async Task<AskedOperation> Ask(HttpMessageHandler provider)
    {
        using var http = new HttpClient(provider, disposeHandler: false) { Timeout = Patience };
        return await Acs(http).Ask(Messages.Email.Id, CancellationToken.None);
    }

    private static AcsEmail Acs(HttpClient http) =>
        new(http, AcsConnection.Parse("endpoint=https://contoso.example/;accesskey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), new EmailSettings(), new FixedClock());

    private static async Task<Verdict> Send(HttpMessageHandler provider, ClaimedNotification? email = null, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient(provider, disposeHandler: false) { Timeout = Patience };
        return await Acs(http).Send(email ?? Messages.Email, cancellationToken);
    }

    private static string Error(string code, string message) => JsonSerializer.Serialize(new { error = new { code, message } });

    private sealed class Identity : TokenCredential
    {
        private int _asked;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            requestContext.Scopes.ShouldBe(["https://communication.azure.com//.default"]);
            return new(new AccessToken($"token {++_asked}", FixedClock.Start.AddHours(_asked)));
        }
    }

    private sealed class Nobody : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("There is no identity here.");
    }
}
