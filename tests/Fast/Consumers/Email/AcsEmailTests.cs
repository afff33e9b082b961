using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Email;

/// <summary>The table of providers.md 1.11.</summary>
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
    public async Task A_throttled_call_waits_for_the_seconds_it_was_told()
    {
        var throttled = StubHandler.Answers(HttpStatusCode.TooManyRequests, "", r => r.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(37)));

        (await Send(throttled)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(37));
    }

    [Fact]
    public async Task A_throttled_call_waits_until_the_date_it_was_told()
    {
        var throttled = StubHandler.Answers(HttpStatusCode.TooManyRequests, "", r => r.Headers.RetryAfter = new RetryConditionHeaderValue(FixedClock.Start.AddMinutes(2)));

        (await Send(throttled)).RetryAfter.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("Sat, 21 Nov 2026 07:59:00 GMT")]
    public async Task A_throttled_call_without_a_usable_wait_backs_off_as_any_other(string? header)
    {
        var throttled = StubHandler.Answers(HttpStatusCode.TooManyRequests, "", r => r.Headers.TryAddWithoutValidation("Retry-After", header));

        (await Send(throttled)).RetryAfter.ShouldBeNull();
    }

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
        content.TryGetProperty("plainText", out _).ShouldBeFalse();
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

    private static async Task<Verdict> Send(HttpMessageHandler provider, ClaimedNotification? email = null, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient(provider, disposeHandler: false) { Timeout = Patience };
        var connection = AcsConnection.Parse("endpoint=https://contoso.example/;accesskey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        return await new AcsEmail(http, connection, new EmailSettings(), new FixedClock()).Send(email ?? Messages.Email, cancellationToken);
    }

    private static string Error(string code, string message) => JsonSerializer.Serialize(new { error = new { code, message } });
}
