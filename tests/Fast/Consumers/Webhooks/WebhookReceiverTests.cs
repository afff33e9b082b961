using System.Globalization;
using System.Net;
using System.Text.Json;
using Notifications.Consumers.Webhooks;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Webhooks;

public sealed class WebhookReceiverTests
{
    private const string Origin = "notifications.example.no";
    private static readonly Uri Endpoint = new("https://etaten.example/told?code=secret");
    private readonly FixedClock _clock = new();

    [Fact]
    public async Task An_event_is_a_structured_and_signed_CloudEvent()
    {
        var handler = StubHandler.Answers(HttpStatusCode.NoContent);

        (await Send(handler)).IsYes.ShouldBeTrue();

        var seen = handler.Seen.ShouldHaveSingleItem();
        (seen.Method, seen.Address, seen.ContentType!.ToString()).ShouldBe((HttpMethod.Post, Endpoint, "application/cloudevents+json; charset=utf-8"));
        Header(seen, "WebHook-Request-Origin").ShouldBe(Origin);
        Header(seen, "webhook-id").ShouldBe("17");
        Header(seen, "webhook-timestamp").ShouldBe(_clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        Header(seen, "webhook-signature").ShouldBe(WebhookSignature.Of("17", _clock.Now.ToUnixTimeSeconds(), seen.Body, Webhook().Secrets));

        var entry = JsonSerializer.Deserialize<JsonElement>(seen.Body);
        Text(entry, "specversion").ShouldBe("1.0");
        Text(entry, "id").ShouldBe("17");
        Text(entry, "source").ShouldBe("https://notifications.example.no/notifications/api/v1");
        Text(entry, "type").ShouldBe("no.altinn.notifications.shipment.completed");
        Text(entry, "subject").ShouldBe(Entry.ShipmentId.ToString());
        entry.GetProperty("time").GetDateTimeOffset().ShouldBe(Entry.At);
        var data = entry.GetProperty("data");
        data.GetProperty("sequenceNumber").GetInt64().ShouldBe(17);
        Text(data, "sendersReference").ShouldBe("case-1");
        data.GetProperty("notifications").GetProperty("Email_Delivered").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_receiver_that_wants_batches_gets_them_in_order()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK);

        await Receiver(handler).Send(Webhook() with { BatchSize = 2 }, [Entry, Entry with { Sequence = 18 }], CancellationToken.None);

        var seen = handler.Seen.ShouldHaveSingleItem();
        seen.ContentType!.ToString().ShouldBe("application/cloudevents-batch+json; charset=utf-8");
        Header(seen, "webhook-id").ShouldBe("17-18");
        Header(seen, "webhook-signature").ShouldBe(WebhookSignature.Of("17-18", _clock.Now.ToUnixTimeSeconds(), seen.Body, Webhook().Secrets));
        JsonSerializer.Deserialize<JsonElement>(seen.Body).EnumerateArray().Select(e => Text(e, "id")).ShouldBe(["17", "18"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.Accepted, true)]
    [InlineData(HttpStatusCode.Redirect, false)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.UnsupportedMediaType, false)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    public async Task Only_2xx_is_a_receipt(HttpStatusCode status, bool isYes)
    {
        var answer = await Send(StubHandler.Answers(status));

        (answer.IsYes, answer.IsGone).ShouldBe((isYes, false));
        if (!isYes)
            answer.Failure.ShouldBe($"It answered {(int)status}.");
    }

    [Fact]
    public async Task A_receiver_that_is_gone_says_so() => (await Send(StubHandler.Answers(HttpStatusCode.Gone))).IsGone.ShouldBeTrue();

    [Theory]
    [InlineData("120")]
    [InlineData("Sat, 21 Nov 2026 08:02:00 GMT")]
    public async Task A_receiver_may_say_when(string retryAfter) =>
        (await Send(StubHandler.Answers(HttpStatusCode.TooManyRequests, configure: r => r.Headers.Add("Retry-After", retryAfter)))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(120));

    [Fact]
    public async Task What_goes_wrong_on_the_way_is_said_without_the_address()
    {
        var unreached = await Send(StubHandler.Throws(new HttpRequestException(HttpRequestError.NameResolutionError, "no etaten.example")));
        unreached.Failure.ShouldBe("It was not reached: NameResolutionError.");
        (await Send(StubHandler.Throws(new TaskCanceledException()))).Failure.ShouldBe("It did not answer in time.");
    }

    [Theory]
    [InlineData("*", null, true, null)]
    [InlineData(Origin, "*", true, null)]
    [InlineData("Notifications.Example.no", "120", true, 120)]
    [InlineData("*", "1000000", true, null)]
    [InlineData(null, null, false, null)]
    [InlineData("example.no", "*", false, null)]
    [InlineData("*", "0", false, null)]
    [InlineData("*", "many", false, null)]
    public async Task Consent_is_what_the_headers_say(string? origin, string? rate, bool isYes, int? allowed)
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK, configure: response =>
        {
            if (origin is not null)
                response.Headers.Add("WebHook-Allowed-Origin", origin);
            if (rate is not null)
                response.Headers.Add("WebHook-Allowed-Rate", rate);
        });

        var answer = await Receiver(handler).AskConsent(Endpoint, CancellationToken.None);

        (answer.IsYes, answer.AllowedRate).ShouldBe((isYes, allowed));
        var seen = handler.Seen.ShouldHaveSingleItem();
        seen.Method.ShouldBe(HttpMethod.Options);
        Header(seen, "WebHook-Request-Origin").ShouldBe(Origin);
        Header(seen, "WebHook-Request-Rate").ShouldBe("6000");
    }

    [Fact]
    public async Task Headers_of_a_refusal_are_no_consent() =>
        (await Receiver(StubHandler.Answers(HttpStatusCode.MethodNotAllowed, configure: r => r.Headers.Add("WebHook-Allowed-Origin", "*"))).AskConsent(Endpoint, CancellationToken.None))
            .Failure.ShouldBe("It answered 405.");

    [Fact]
    public async Task Nothing_is_sent_without_https()
    {
        var handler = StubHandler.Answers(HttpStatusCode.OK);

        (await Receiver(handler).AskConsent(new Uri("http://etaten.example"), CancellationToken.None)).IsYes.ShouldBeFalse();
        handler.Seen.ShouldBeEmpty();
    }

    private static FeedEvent Entry { get; } = new(
        17, new Guid("3f1a2b3c-0000-4000-8000-000000000001"), "case-1", "Order_Completed", "Notification", FixedClock.Start, """{"Email_Delivered": 2}""");

    private Task<WebhookAnswer> Send(StubHandler handler) => Receiver(handler).Send(Webhook(), [Entry], CancellationToken.None);

    private WebhookReceiver Receiver(StubHandler handler) => new(
        new HttpClient(handler), new WebhookSettings(PublicOnly: true, TimeSpan.FromSeconds(10), "https://notifications.example.no/notifications/api/v1", Origin), _clock);

    private static LeasedWebhook Webhook() => new(Guid.Empty, Guid.Empty, "ttd", Endpoint, WebhookState.Active, 0, null, 0, null)
    {
        Statuses = null,
        BatchSize = 1,
        Secrets = [[1, 2, 3]],
    };

    private static string Header(SeenRequest request, string name) => request.Headers.GetValues(name).Single();

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
