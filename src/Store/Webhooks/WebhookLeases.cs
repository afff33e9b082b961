using Npgsql;

namespace Notifications.Store;

/// <summary>A webhook that one worker is at until it gives it back or its lease ends.</summary>
public sealed record LeasedWebhook(Guid Id, Guid Lease, string Creator, Uri Endpoint, WebhookState State, long DeliveredTo, int? AllowedRate, int Failures, DateTimeOffset? FailingSince)
{
    public required IReadOnlyList<string>? Statuses { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Every secret that signs now.</summary>
    public required IReadOnlyList<byte[]> Secrets { get; init; }

    public bool Wants(FeedEvent entry) => Statuses is null || Statuses.Contains(entry.Status, StringComparer.Ordinal);
}

/// <summary>
/// Shares webhooks among workers. What is written after a lease was lost has no effect, so that whoever has it now, or whoever changed
/// the webhook, has the last word.
/// </summary>
public sealed class WebhookLeases(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Longer than one request may take; each that succeeds begins it anew.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    /// <summary>Webhooks with something to be sent now, those that waited longest first.</summary>
    public async Task<IReadOnlyList<LeasedWebhook>> Take(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // With a limit, which EXISTS has not, so that one entry of each creator is looked at and not all that nobody has read.
        await using var command = database.Command(
            """
            UPDATE webhooks w SET lease = gen_random_uuid(), leased_until = $2
            FROM (
                SELECT id FROM webhooks c
                WHERE next_attempt_at <= $1 AND (lease IS NULL OR leased_until < $1)
                    AND (state = 'Pending'
                        OR (SELECT true FROM status_feed f WHERE f.creator = c.creator AND f.sequence > c.delivered_to LIMIT 1)
                        OR (SELECT true FROM status_feed f WHERE f.creator = c.creator AND f.sequence IS NULL LIMIT 1))
                ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
            WHERE w.id = due.id
            RETURNING w.id, w.lease, w.creator, w.endpoint, w.state, w.delivered_to, w.allowed_rate, w.failures, w.failing_since, w.statuses, w.batch_size, w.secret,
                CASE WHEN w.old_secret_until > $1 THEN w.old_secret END
            """, now, now + Length, count);
        var taken = new List<LeasedWebhook>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            taken.Add(Read(row));
        return taken;
    }

    /// <summary>The receiver has taken everything that it wants up to here.</summary>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> Delivered(LeasedWebhook webhook, long sequence, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Write(webhook, "delivered_to = $3, last_success_at = $4, leased_until = $5, failures = 0, failing_since = NULL", cancellationToken, sequence, now, now + Length);
    }

    /// <summary>What comes up to here, the receiver does not want.</summary>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> Passed(LeasedWebhook webhook, long sequence, CancellationToken cancellationToken) =>
        Write(webhook, "delivered_to = $3, leased_until = $4", cancellationToken, sequence, clock.GetUtcNow() + Length);

    /// <summary>The receiver has consented.</summary>
    public Task Consented(LeasedWebhook webhook, int? allowedRate, CancellationToken cancellationToken) =>
        Write(webhook, "state = 'Active', allowed_rate = $3, failures = 0, failing_since = NULL, next_attempt_at = $4, lease = NULL", cancellationToken, allowedRate, clock.GetUtcNow());

    /// <summary>An attempt has failed; without a next one the webhook is disabled.</summary>
    public Task Failed(LeasedWebhook webhook, string reason, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Write(
            webhook,
            "failures = failures + 1, failing_since = coalesce(failing_since, $3), last_failure_at = $3, last_failure = $4, next_attempt_at = $5, state = CASE WHEN $5::timestamptz IS NULL THEN 'Disabled' ELSE state END, lease = NULL",
            cancellationToken, now, reason, next);
    }

    /// <summary>Somebody else's turn; its own is not before <paramref name="next"/>.</summary>
    public Task GiveBack(LeasedWebhook webhook, DateTimeOffset next, CancellationToken cancellationToken) =>
        Write(webhook, "next_attempt_at = $3, lease = NULL", cancellationToken, next);

    private async Task<bool> Write(LeasedWebhook webhook, string set, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = database.Command($"UPDATE webhooks SET {set} WHERE id = $1 AND lease = $2", [webhook.Id, webhook.Lease, .. values]);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static LeasedWebhook Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), new Uri(row.GetString(3)), Enum.Parse<WebhookState>(row.GetString(4)), row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetInt32(6), row.GetInt32(7), row.Time(8))
    {
        Statuses = row.IsDBNull(9) ? null : row.GetFieldValue<string[]>(9),
        BatchSize = row.GetInt32(10),
        Secrets = row.IsDBNull(12) ? [row.GetFieldValue<byte[]>(11)] : [row.GetFieldValue<byte[]>(11), row.GetFieldValue<byte[]>(12)],
    };
}
