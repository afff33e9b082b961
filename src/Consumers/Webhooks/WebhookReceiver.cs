using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Notifications.Consumers.Conditions;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Webhooks;

/// <summary>Speaks with receivers as the webhook specification of CloudEvents says. Their addresses may hold secrets, and are in no log.</summary>
public sealed class WebhookReceiver(HttpClient http, WebhookSettings settings, TimeProvider clock)
{
    /// <summary>In a minute; no receiver gets its events faster one by one.</summary>
    private const int WantedRate = 6000;

    private const string Origin = "WebHook-Request-Origin";

    /// <summary>Asks whether the receiver wants events of this service. A status alone says nothing: many answer anything with 200.</summary>
    public async Task<WebhookAnswer> AskConsent(Uri endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, endpoint);
        request.Headers.Add(Origin, settings.Origin);
        request.Headers.Add("WebHook-Request-Rate", WantedRate.ToString(CultureInfo.InvariantCulture));
        return await Send(request, Consent, cancellationToken);
    }

    /// <summary>Sends an event, or a batch to a receiver that wants batches, and waits for the receipt.</summary>
    public async Task<WebhookAnswer> Send(LeasedWebhook webhook, IReadOnlyList<FeedEvent> entries, CancellationToken cancellationToken)
    {
        var message = webhook.BatchSize > 1 ? WebhookMessage.Batch(entries, settings.Source) : WebhookMessage.One(entries.Single(), settings.Source);
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Endpoint) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(message.ContentType, "utf-8");
        request.Headers.Add(Origin, settings.Origin);
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(message.Id, timestamp, message.Body, webhook.Secrets));
        return await Send(request, _ => new WebhookAnswer(Failure: null), cancellationToken);
    }

    private async Task<WebhookAnswer> Send(HttpRequestMessage request, Func<HttpResponseMessage, WebhookAnswer> yes, CancellationToken cancellationToken)
    {
        if (settings.PublicOnly && request.RequestUri!.Scheme != Uri.UriSchemeHttps)
            return new WebhookAnswer("It is not asked without https.");
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode
                ? yes(response)
                : new WebhookAnswer($"It answered {(int)response.StatusCode}.", response.StatusCode == HttpStatusCode.Gone, RetryAfter.Of(response, clock.GetUtcNow()));
        }
        catch (HttpRequestException e) when ((e.InnerException ?? e) is NoPublicAddressException)
        {
            return new WebhookAnswer("Its host has no public address.");
        }
        catch (HttpRequestException e)
        {
            return new WebhookAnswer($"It was not reached: {e.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer("It did not answer in time.");
        }
    }

    private WebhookAnswer Consent(HttpResponseMessage response)
    {
        var origin = Header(response, "WebHook-Allowed-Origin");
        if (origin != "*" && !string.Equals(origin, settings.Origin, StringComparison.OrdinalIgnoreCase))
            return new WebhookAnswer($"It did not consent: its answer to OPTIONS names neither {settings.Origin} nor * in WebHook-Allowed-Origin.");
        return Header(response, "WebHook-Allowed-Rate") switch
        {
            null or "*" => new WebhookAnswer(Failure: null),
            var rate when int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var allowed) && allowed > 0 =>
                new WebhookAnswer(Failure: null, AllowedRate: allowed < WantedRate ? allowed : null),
            _ => new WebhookAnswer("It did not consent: its WebHook-Allowed-Rate is neither * nor a whole number above 0."),
        };
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First().Trim() : null;
}
