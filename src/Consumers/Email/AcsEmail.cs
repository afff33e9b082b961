using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>
/// Sends through the REST interface of Azure Communication Services. The notification's id is the call's <c>Operation-Id</c>: the same
/// call made twice is one message, so an unknown outcome is simply asked again.
/// </summary>
public sealed class AcsEmail(HttpClient http, AcsConnection connection, EmailSettings settings, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<Verdict> Send(ClaimedNotification email, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(email);
            using var response = await http.SendAsync(request, cancellationToken);
            return await Judge(response, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return Verdict.Again(AttemptOutcome.Deferred, $"not reached: {e.HttpRequestError}");
        }
        catch (HttpRequestException e)
        {
            return Verdict.Again(AttemptOutcome.Unknown, $"no answer: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Verdict.Again(AttemptOutcome.Unknown, "no answer in time");
        }
    }

    /// <summary>Makes the provider's acquaintance by asking for a message that does not exist; false when it does not answer.</summary>
    public async Task<bool> Knock(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(connection.Endpoint, $"/emails/operations/{Guid.Empty}?api-version={settings.ApiVersion}"));
        connection.Sign(request, [], clock.GetUtcNow());
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private HttpRequestMessage Request(ClaimedNotification email)
    {
        var text = Placeholders.Fill(email.Body, email, email.ContentType);
        var html = email.ContentType == EmailContentType.Html;
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            senderAddress = email.Sender ?? settings.DefaultSender,
            content = new
            {
                subject = Placeholders.Fill(email.Subject ?? "", email, EmailContentType.Plain),
                plainText = html ? null : text,
                html = html ? text : null,
            },
            recipients = new { to = new[] { new { address = email.Address } } },
            attachments = email.Attachments.Count == 0 ? null : email.Attachments.Select(a => new { name = a.Filename, contentType = a.MimeType, contentInBase64 = a.Content }),
            userEngagementTrackingDisabled = true,
        }, Json);

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(connection.Endpoint, $"/emails:send?api-version={settings.ApiVersion}"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("Operation-Id", email.Id.ToString());
        connection.Sign(request, body, clock.GetUtcNow());
        return request;
    }

    private async Task<Verdict> Judge(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Accepted)
            return new Verdict(AttemptOutcome.Accepted, NotificationState.Sending, "202");

        var error = AcsError.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var answer = $"{(int)response.StatusCode} {error.Code}".TrimEnd();
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => Verdict.Again(AttemptOutcome.Deferred, answer, RetryAfter(response.Headers.RetryAfter)),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Verdict.Again(AttemptOutcome.Unknown, answer),
            // The account or its configuration is at fault, not the recipient; the message waits for the operator.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => Verdict.Again(AttemptOutcome.Deferred, answer),
            HttpStatusCode.RequestEntityTooLarge => Verdict.Refused(NotificationState.Failed_PayloadTooLarge, answer),
            HttpStatusCode.BadRequest when error.SaysOperationIdWasUsed => new Verdict(AttemptOutcome.Accepted, NotificationState.Sending, answer),
            HttpStatusCode.BadRequest when error.SaysAddressIsInvalid => Verdict.Refused(NotificationState.Failed_InvalidFormat, answer),
            >= HttpStatusCode.BadRequest => Verdict.Refused(NotificationState.Failed, answer),
            _ => Verdict.Again(AttemptOutcome.Unknown, answer),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var after = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return after > TimeSpan.Zero ? after : null;
    }
}
