using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Sms;

/// <summary>
/// LINK Mobility's Common interface (REST). The notification's id is the message's <c>refId</c>, which its reports repeat: so a report also
/// settles a message whose own answer was lost.
/// </summary>
public sealed class CommonGateway(HttpClient http, SmsAccount account, SmsSettings settings, TimeProvider clock) : SmsGateway(clock)
{
    /// <summary>What the interface takes; a message that expires sooner lives that long.</summary>
    private static readonly TimeSpan ShortestValidity = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestValidity = TimeSpan.FromHours(48);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    protected override async Task<HttpResponseMessage> Post(ClaimedNotification sms, string text, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(account.Endpoint, "sms/send"))
        {
            Content = new ByteArrayContent(Body(sms, text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.User}:{account.Password}")));
        return await http.SendAsync(request, cancellationToken);
    }

    private byte[] Body(ClaimedNotification sms, string text)
    {
        var sender = SmsSender.Of(sms.Sender ?? settings.DefaultSender);
        var validity = sms.ExpiresAt - Clock.GetUtcNow();
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            source = sender.Source,
            sourceTON = sender.Kind,
            destination = $"+{Digits(sms.Address)}",
            destinationTON = SmsSender.Msisdn,
            userData = text,
            dcs = Coding(text),
            useDeliveryReport = true,
            deliveryReportGates = settings.ReportGate is { Length: > 0 } gate ? new[] { gate } : null,
            relativeValidityTime = (long)Math.Ceiling((validity < ShortestValidity ? ShortestValidity : validity > LongestValidity ? LongestValidity : validity).TotalMilliseconds),
            platformId = settings.Platform,
            platformPartnerId = settings.Partner,
            refId = sms.Id.ToString(),
            ignoreResponse = false,
        }, Json);
    }

    /// <summary>What is longer than one message is divided by the gateway, which it does with a text whose alphabet it finds by itself.</summary>
    private static string Coding(string text) => SmsLength.Of(text) switch
    {
        { Parts: > 1 } => "TEXT",
        { IsGsm7: true } => "GSM",
        _ => "UCS2",
    };

    protected override Verdict Judge(string body)
    {
        if (CommonAnswer.Parse(body) is not { Code: { } code } answer)
            return Unknown("an answer without a result code");

        var text = code.ToString(CultureInfo.InvariantCulture);
        return code switch
        {
            LinkResultCode.Sent or LinkResultCode.Queued or LinkResultCode.Delivered => new Verdict(AttemptOutcome.Accepted, NotificationState.Accepted, text, answer.MessageId),
            LinkResultCode.Throttling => Verdict.Paused(PauseCause.Throttled, text),
            LinkResultCode.Configuration => Verdict.Paused(PauseCause.Misconfigured, text),
            1 or 5 or 105 => Verdict.Again(AttemptOutcome.Deferred, text),
            _ when LinkResultCode.Means(code) is { } failure => Verdict.Refused(failure, text),
            _ => Unknown(text),
        };
    }

    /// <summary>The six-digit codes are about the account: who we are, its platform, its partner, its gates. Only the first of them says nothing.</summary>
    protected override Verdict Refusal(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var code = CommonAnswer.Parse(body)?.Code;
        var answer = string.Create(CultureInfo.InvariantCulture, $"{(int)status} {code}").TrimEnd();
        return code switch
        {
            >= 106100 and < 106400 => Verdict.Paused(PauseCause.Misconfigured, answer),
            106000 => Verdict.Again(AttemptOutcome.Deferred, answer),
            { } known when LinkResultCode.Means(known) is { } failure => Verdict.Refused(failure, answer),
            _ when status == HttpStatusCode.BadRequest => Verdict.Refused(NotificationState.Failed, answer),
            _ => base.Refusal(status, body, retryAfter),
        };
    }
}
