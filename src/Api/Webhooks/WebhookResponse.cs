using Microsoft.EntityFrameworkCore;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary>A webhook, and how far it has come.</summary>
/// <param name="Statuses">The final states that are told; left out for all of them.</param>
/// <param name="BatchSize">The most events of one request.</param>
/// <param name="State"><c>Pending</c> until the receiver has consented, then <c>Active</c>; <c>Disabled</c> when it is gone or has failed for a week.</param>
/// <param name="DeliveredTo">The sequence number in the feed that it has come to.</param>
/// <param name="AllowedRate">The requests in a minute that the receiver allows; left out for any number.</param>
/// <param name="Failures">Failed attempts since the last that succeeded.</param>
/// <param name="NextAttempt">Left out unless the last attempt has failed.</param>
/// <param name="Secret">What signatures are checked with. Only in the answer to the call that made it.</param>
/// <param name="OldSecretUntil">Until when the secret before it signs too.</param>
public sealed record WebhookResponse(
    Guid Id, string Endpoint, IReadOnlyList<string>? Statuses, int BatchSize, WebhookState State, DateTime CreatedAt, long DeliveredTo, int? AllowedRate, DateTime? LastSuccess,
    int Failures, WebhookResponse.Failure? LastFailure, DateTime? NextAttempt, WebhookResponse.Waiting Backlog, string? Secret, DateTime? OldSecretUntil)
{
    /// <param name="Reason">In words.</param>
    public sealed record Failure(DateTime At, string Reason);

    /// <param name="Entries">How many entries of the feed are after <c>deliveredTo</c>; not counted beyond 10,000.</param>
    /// <param name="Since">When the oldest of them became final.</param>
    public sealed record Waiting(int Entries, DateTime? Since);

    internal static async Task<IReadOnlyList<WebhookResponse>> All(NotificationsDbContext database, string creator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var backlogs = await WebhookBacklog.Of(database, creator, cancellationToken);
        var webhooks = await database.Webhooks.AsNoTracking().Where(w => w.Creator == creator).OrderBy(w => w.CreatedAt).ThenBy(w => w.Id).ToListAsync(cancellationToken);
        return [.. webhooks.Select(w => Of(w, backlogs.GetValueOrDefault(w.Id), now))];
    }

    /// <param name="secret">To be shown this once.</param>
    internal static async Task<WebhookResponse?> One(
        NotificationsDbContext database, string creator, Guid id, DateTimeOffset now, CancellationToken cancellationToken, string? secret = null) =>
        (await All(database, creator, now, cancellationToken)).FirstOrDefault(w => w.Id == id) is { } found ? found with { Secret = secret } : null;

    private static WebhookResponse Of(Webhook webhook, WebhookBacklog? backlog, DateTimeOffset now) => new(
        webhook.Id, webhook.Endpoint, webhook.Statuses, webhook.BatchSize, webhook.State, webhook.CreatedAt.UtcDateTime, webhook.DeliveredTo, webhook.AllowedRate, webhook.LastSuccessAt?.UtcDateTime,
        webhook.Failures, webhook.LastFailureAt is { } at ? new Failure(at.UtcDateTime, webhook.LastFailure!) : null,
        webhook.Failures > 0 ? webhook.NextAttemptAt?.UtcDateTime : null,
        new Waiting(backlog?.Entries ?? 0, backlog?.Since?.UtcDateTime), Secret: null, webhook.OldSecretUntil > now ? webhook.OldSecretUntil?.UtcDateTime : null);
}
