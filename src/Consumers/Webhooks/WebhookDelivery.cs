using Notifications.Store;

namespace Notifications.Consumers.Webhooks;

/// <summary>
/// One turn of one webhook: asks for consent, or sends what comes after its cursor, one request after the other in the order of the feed. The
/// cursor follows each receipt, so that a crash in between sends one request again, with events of the same ids, and loses none.
/// </summary>
public sealed partial class WebhookDelivery(WebhookReceiver receiver, WebhookLeases leases, FeedEvents feed, TimeProvider clock, ILogger<WebhookDelivery> logger)
{
    /// <summary>After so many it is somebody else's turn.</summary>
    private const int MostInOneTurn = 500;

    private const int PageSize = 100;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <param name="webhook">Whose turn it is.</param>
    /// <param name="stopping">Nothing new is begun; what is under way is finished.</param>
    public async Task Run(LeasedWebhook webhook, CancellationToken stopping)
    {
        if (webhook.State == WebhookState.Pending)
            await AskConsent(webhook);
        else if (await Deliver(webhook, stopping) is { } next)
            await leases.GiveBack(webhook, next, CancellationToken.None);
    }

    private async Task AskConsent(LeasedWebhook webhook)
    {
        var answer = await receiver.AskConsent(webhook.Endpoint, CancellationToken.None);
        if (!answer.IsYes)
        {
            await Fail(webhook, answer, webhook.Failures);
            return;
        }
        await leases.Consented(webhook, answer.AllowedRate, CancellationToken.None);
        HasConsented(logger, webhook.Id);
    }

    /// <returns>When it is this webhook's turn again; null when that is settled already, or for others to say.</returns>
    private async Task<DateTimeOffset?> Deliver(LeasedWebhook webhook, CancellationToken stopping)
    {
        var pause = webhook.AllowedRate is { } rate ? TimeSpan.FromMinutes(1) / rate : TimeSpan.Zero;
        var (cursor, sent, failures) = (webhook.DeliveredTo, 0, webhook.Failures);
        while (sent < MostInOneTurn && !stopping.IsCancellationRequested && await feed.After(webhook.Creator, cursor, PageSize, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var entries in page.Where(webhook.Wants).Chunk(webhook.BatchSize))
            {
                if (stopping.IsCancellationRequested)
                    return clock.GetUtcNow();

                var answer = await receiver.Send(webhook, entries, CancellationToken.None);
                if (!answer.IsYes)
                {
                    await Fail(webhook, answer, failures);
                    return null;
                }
                if (!await leases.Delivered(webhook, entries[^1].Sequence, CancellationToken.None))
                    return null;
                (failures, sent) = (0, sent + entries.Length);
                if (pause > LongestPause)
                    return clock.GetUtcNow() + pause;
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            cursor = page[^1].Sequence;
            if (!webhook.Wants(page[^1]) && !await leases.Passed(webhook, cursor, CancellationToken.None))
                return null;
        }
        return clock.GetUtcNow();
    }

    private async Task Fail(LeasedWebhook webhook, WebhookAnswer answer, int failuresBefore)
    {
        var now = clock.GetUtcNow();
        var since = failuresBefore == 0 ? now : webhook.FailingSince ?? now;
        var next = answer.IsGone ? null : WebhookRetries.Next(now, since, failuresBefore + 1, answer.RetryAfter, Random.Shared.NextDouble());
        await leases.Failed(webhook, answer.Failure!, next, CancellationToken.None);
        if (next is null)
            IsDisabled(logger, webhook.Id, answer.Failure!);
        else if (failuresBefore == 0)
            HasFailed(logger, webhook.Id, answer.Failure!);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The receiver of webhook {WebhookId} has consented.")]
    private static partial void HasConsented(ILogger logger, Guid webhookId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {WebhookId} waits for its receiver. {Reason}")]
    private static partial void HasFailed(ILogger logger, Guid webhookId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {WebhookId} is disabled, until its owner changes it. {Reason}")]
    private static partial void IsDisabled(ILogger logger, Guid webhookId, string reason);
}
