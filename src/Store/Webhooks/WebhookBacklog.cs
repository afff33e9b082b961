using Microsoft.EntityFrameworkCore;

namespace Notifications.Store;

/// <summary>What of the feed a webhook has not come to yet.</summary>
/// <param name="Entries">How many entries; it is not counted beyond 10,000.</param>
/// <param name="Since">When the oldest of them became final; null when there is none.</param>
public sealed record WebhookBacklog(Guid WebhookId, int Entries, DateTimeOffset? Since)
{
    /// <summary>Of each webhook of a creator.</summary>
    public static Task<Dictionary<Guid, WebhookBacklog>> Of(NotificationsDbContext database, string creator, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<WebhookBacklog>(
            $"""
            SELECT w.id AS "WebhookId", least(b.entries, 10000) AS "Entries", b.since AS "Since"
            FROM webhooks w CROSS JOIN LATERAL (
                SELECT count(*)::int AS entries, min(created_at) AS since FROM (
                    (SELECT created_at FROM status_feed WHERE creator = w.creator AND sequence > w.delivered_to ORDER BY sequence LIMIT 10000)
                    UNION ALL
                    (SELECT created_at FROM status_feed WHERE creator = w.creator AND sequence IS NULL ORDER BY id LIMIT 10000)) AS waiting) AS b
            WHERE w.creator = {creator}
            """).ToDictionaryAsync(b => b.WebhookId, cancellationToken);
}
