using System.Globalization;
using System.Net;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Sms;

/// <summary>
/// A way to phones. None of the protocols has a key that would make a repeated call harmless: when it is not known whether the gateway took
/// the message, the message is never sent again, and waits for its report or its expiry.
/// </summary>
public abstract class SmsGateway(TimeProvider clock) : IMessageProvider
{
    protected TimeProvider Clock => clock;

    public async Task<Verdict> Send(ClaimedNotification message, CancellationToken cancellationToken)
    {
        var text = SmsLength.Sent(Placeholders.Fill(message.Body, message, EmailContentType.Plain));
        if (SmsLength.Of(text) is { Fits: false } length)
            return Verdict.Refused(NotificationState.Failed, $"not sent: the text takes {length.Parts} parts once its placeholders are filled");

        try
        {
            using var response = await Post(message, text, cancellationToken);
            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            var retryAfter = RetryAfter.Of(response, clock.GetUtcNow());
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Judge(await response.Content.ReadText(cancellationToken)),
                // Any other yes may mean the same: the Common interface's is a 204 where it was told to say nothing more.
                > HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => Unknown(status),
                HttpStatusCode.TooManyRequests => Verdict.Paused(PauseCause.Throttled, status, retryAfter),
                // Something in between gave up, and may have handed the message on before it did.
                HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Unknown(status),
                // The gateway did not come as far as taking the message.
                _ => Refusal(response.StatusCode, await response.Content.ReadText(cancellationToken), retryAfter),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return Verdict.Again(AttemptOutcome.Deferred, $"not reached: {e.HttpRequestError}");
        }
        catch (HttpRequestException e)
        {
            return Unknown($"no answer: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown("no answer in time");
        }
    }

    protected abstract Task<HttpResponseMessage> Post(ClaimedNotification sms, string text, CancellationToken cancellationToken);

    /// <summary>What a 200 says.</summary>
    protected abstract Verdict Judge(string body);

    /// <summary>What an answer says that is none of those which all gateways give.</summary>
    protected virtual Verdict Refusal(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var answer = ((int)status).ToString(CultureInfo.InvariantCulture);
        return status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? Verdict.Paused(PauseCause.Misconfigured, answer)
            : Verdict.Again(AttemptOutcome.Deferred, answer, retryAfter);
    }

    protected static Verdict Unknown(string answer) => new(AttemptOutcome.Unknown, NotificationState.Sending, answer);

    /// <summary>With its country code, and nothing else.</summary>
    protected static string Digits(string mobile)
    {
        var digits = string.Concat(mobile.Where(char.IsAsciiDigit));
        return mobile.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }
}
