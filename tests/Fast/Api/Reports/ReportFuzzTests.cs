using System.Net;
using System.Net.Http.Headers;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Api.Reports;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Reports;

/// <summary>Whatever is posted to the webhooks, it is taken or refused.</summary>
public sealed class ReportFuzzTests(ReportWebhooks webhooks) : IClassFixture<ReportWebhooks>
{
    public const string EventGrid =
        """
        [{"id":"1","topic":"/subscriptions/x","subject":"sender/x/message/y","data":{"sender":"a@b.no","recipient":"c@d.no","messageId":"8540c0de-899f-5cce-acb5-3ec493af3800",
        "status":"Delivered","deliveryStatusDetails":{"statusMessage":""},"deliveryAttemptTimestamp":"2025-09-18T00:22:20.2855749+00:00"},
        "eventType":"Microsoft.Communication.EmailDeliveryReportReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"2025-09-18T00:22:20Z"}]
        """;

    public const string CloudEvent =
        """{"id":"2","source":"/x","type":"Microsoft.Communication.EmailDeliveryReportReceived","specversion":"1.0","time":"2025-09-18T00:22:20Z","data":{"messageId":"8540c0de-899f-5cce-acb5-3ec493af3800","status":"Bounced"}}""";

    public const string Handshake = """[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]""";

    public const string Pswin =
        "<?xml version=\"1.0\"?><!DOCTYPE MSGLST SYSTEM \"pswincom_report_request.dtd\"><MSGLST><MSG><ID>1</ID><REF>984342374</REF><RCV>4512345678</RCV><STATE>DELIVRD</STATE>"
        + "<DELIVERYTIME>2006.02.23 15:23:23</DELIVERYTIME></MSG><MSG><ID>2</ID><REF>b</REF><STATE>EXPIRED</STATE></MSG></MSGLST>";

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void An_event_is_taken_or_refused() => Prop
        .ForAll(Mutilated.From(EventGrid, CloudEvent, Handshake), body => IsAnswer(webhooks.PostEmail(body).GetAwaiter().GetResult()))
        .Check(Runs);

    [Fact]
    public void A_report_of_the_gateway_is_taken_or_refused() => Prop
        .ForAll(Mutilated.From(Pswin), Gen.Elements("text/xml; charset=utf-8", "text/xml", "application/xml; charset=iso-8859-1", "text/plain; charset=nonsense").ToArbitrary(),
            (body, contentType) => IsAnswer(webhooks.PostSms(body, contentType: contentType).GetAwaiter().GetResult()))
        .Check(Runs);

    [Fact]
    public void Credentials_are_right_or_refused() => Prop
        .ForAll(Mutilated.From("Basic bGluazpwOnNz", "Bearer x", "Basic"), credentials =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/reports/sms") { Content = new StringContent(Pswin) };
            request.Headers.TryAddWithoutValidation("Authorization", string.Concat(credentials.Where(b => b is >= 0x20 and < 0x7f).Select(b => (char)b)));
            using var response = webhooks.Send(request).GetAwaiter().GetResult();
            webhooks.Written();
            // The last is for a header longer than the server reads at all.
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.RequestHeaderFieldsTooLarge;
        })
        .Check(Runs);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_larger_than_any_providers_is_refused_before_it_is_kept(bool chunked)
    {
        foreach (var (address, type) in new[] { ("/reports/email?code=secret", "application/json"), ("/reports/sms", "text/xml") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("[" + new string(' ', ReportBody.MostBytes) + "]") };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            request.Headers.TransferEncodingChunked = chunked;
            // Otherwise the refusal may come, and the connection end, while the body is still being written.
            request.Headers.ExpectContinue = true;
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("link:p:ss"u8));
            using var response = await webhooks.Send(request);
            response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        webhooks.Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task Elements_in_elements_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 200_000));

        (await webhooks.PostSms($"<MSGLST><MSG><REF>{deep}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await webhooks.PostSms($"<MSGLST><MSG><REF>{deep}{deep.Replace("<a>", "</a>", StringComparison.Ordinal)}</REF></MSG></MSGLST>")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_name_that_no_index_can_hold_is_kept_shortened()
    {
        var name = new string('x', 199) + "😀" + new string('y', 9000);

        (await webhooks.PostSms($"<MSGLST><MSG><REF>{name}</REF><STATE>{name}</STATE></MSG></MSGLST>")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var written = webhooks.Written().Single();
        (written.Reference, written.ProviderState).ShouldBe((new string('x', 199), new string('x', 199)));
        written.Key.Length.ShouldBe(64);
    }

    private bool IsAnswer(HttpResponseMessage response)
    {
        webhooks.Written();
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest;
    }
}
