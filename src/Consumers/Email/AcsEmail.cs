using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Identity;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>What the provider says of a message that it took.</summary>
/// <param name="Status">In its own words; null when it gave no usable answer.</param>
/// <param name="State">What that means; null while it means nothing yet.</param>
/// <param name="IsTooOften">It does not want to be asked for now.</param>
public sealed record AskedOperation(string? Status, NotificationState? State, bool IsTooOften = false);

/// <summary>
/// Sends through the REST interface of Azure Communication Services. The notification's id is the call's <c>Operation-Id</c>: the same
/// call made twice is one message, so an unknown outcome is simply asked again.
/// </summary>
public sealed class AcsEmail(HttpClient http, AcsConnection connection, EmailSettings settings, TimeProvider clock) : IMessageProvider
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<Verdict> Send(ClaimedNotification message, CancellationToken cancellationToken)
    {
        try
        {
            var body = Body(message);
            using var request = new HttpRequestMessage(HttpMethod.Post, Address("/emails:send"))
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            request.Headers.Add("Operation-Id", message.Id.ToString());
            await connection.Authorize(request, body, clock.GetUtcNow(), cancellationToken);
            using var response = await http.SendAsync(request, cancellationToken);
            return AcsAnswers.OfSend(response.StatusCode, await Error(response, cancellationToken), RetryAfter.Of(response, clock.GetUtcNow()));
        }
        catch (AuthenticationFailedException)
        {
            return Verdict.Paused(PauseCause.Misconfigured, "no token from Entra ID");
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

    /// <summary>Asks what became of a message that was taken.</summary>
    public async Task<AskedOperation> Ask(Guid notificationId, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address($"/emails/operations/{notificationId}"));
            await connection.Authorize(request, ReadOnlyMemory<byte>.Empty, clock.GetUtcNow(), cancellationToken);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
                return new AskedOperation(Status: null, State: null, response.StatusCode == HttpStatusCode.TooManyRequests);

            using var json = JsonDocument.Parse(await response.Content.ReadText(cancellationToken));
            var status = json.RootElement.ValueKind == JsonValueKind.Object ? AcsError.Text(json.RootElement, "status") : null;
            var error = AcsError.Of(json.RootElement);
            return AcsAnswers.OfOperation(status, error) is { } state ? new AskedOperation($"{status} {error.Code}".TrimEnd(), state) : new AskedOperation(Status: null, State: null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or AuthenticationFailedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new AskedOperation(Status: null, State: null);
        }
    }

    /// <summary>Makes the provider's acquaintance by asking for a message that does not exist; false when it does not answer.</summary>
    public async Task<bool> Knock(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address($"/emails/operations/{Guid.Empty}"));
            await connection.Authorize(request, ReadOnlyMemory<byte>.Empty, clock.GetUtcNow(), cancellationToken);
            using var response = await http.SendAsync(request, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or AuthenticationFailedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private Uri Address(string path) => new(connection.Endpoint, $"{path}?api-version={settings.ApiVersion}");

    private byte[] Body(ClaimedNotification email)
    {
        var text = Placeholders.Fill(email.Body, email, email.ContentType);
        var html = email.ContentType == EmailContentType.Html;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            senderAddress = email.Sender ?? settings.DefaultSender,
            content = new
            {
                subject = Placeholders.Fill(email.Subject ?? "", email, EmailContentType.Plain),
                plainText = html ? HtmlText.Of(text) : text,
                html = html ? text : null,
            },
            recipients = new { to = new[] { new { address = email.Address } } },
            attachments = email.Attachments.Count == 0 ? null : email.Attachments.Select(a => new { name = a.Filename, contentType = a.MimeType, contentInBase64 = a.Content }),
            userEngagementTrackingDisabled = true,
        }, Json);
    }

    private static async Task<AcsError> Error(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode == HttpStatusCode.Accepted
        ? AcsError.None
        : AcsError.Parse(await response.Content.ReadText(cancellationToken), response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null);
}
