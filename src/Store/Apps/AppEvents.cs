using MassTransit;
using Npgsql;

namespace Notifications.Store;

/// <summary>Keeps events of apps, and shares them among hosts. What is written after an attempt's time was up has no effect.</summary>
public sealed class AppEvents(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Longer than any attempt takes; then somebody else may try.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private const string Columns = "id, app, event_id, instance_id, type, happened_at, received_at, attempts";

    /// <returns>False for an event that was kept before.</returns>
    public async Task<bool> Keep(string app, string eventId, string instanceId, string type, DateTimeOffset? happenedAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = database.Command(
            $"INSERT INTO app_events ({Columns}, next_attempt_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7) ON CONFLICT (app, event_id) DO NOTHING",
            NewId.NextGuid(), app, eventId, instanceId, type, happenedAt ?? now, now);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Events whose turn it is, the oldest first.</summary>
    public async Task<IReadOnlyList<AppEvent>> Take(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = database.Command(
            """
            UPDATE app_events e SET attempts = e.attempts + 1, next_attempt_at = $2
            FROM (SELECT id FROM app_events WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
            WHERE e.id = due.id
            RETURNING e.id, e.app, e.event_id, e.instance_id, e.type, e.happened_at, e.received_at, e.attempts
            """, now, now + Lease, count);
        var taken = new List<AppEvent>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            taken.Add(new AppEvent
            {
                Id = row.GetGuid(0), App = row.GetString(1), EventId = row.GetString(2), InstanceId = row.GetString(3), Type = row.GetString(4),
                HappenedAt = row.GetFieldValue<DateTimeOffset>(5), ReceivedAt = row.GetFieldValue<DateTimeOffset>(6), Attempts = row.GetInt32(7),
            });
        }
        return taken;
    }

    public Task Done(AppEvent taken, CancellationToken cancellationToken) => Settle(taken, next: null, failure: null, cancellationToken);

    /// <param name="taken">What could not be worked off.</param>
    /// <param name="next">When to try again; null to give it up.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task Failed(AppEvent taken, DateTimeOffset? next, string failure, CancellationToken cancellationToken) => Settle(taken, next, failure, cancellationToken);

    /// <summary>Forgets what is worked off, once nobody sends it again.</summary>
    public async Task Forget(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = database.Command("DELETE FROM app_events WHERE received_at < $1 AND next_attempt_at IS NULL", before);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task Settle(AppEvent taken, DateTimeOffset? next, string? failure, CancellationToken cancellationToken)
    {
        await using var command = database.Command("UPDATE app_events SET next_attempt_at = $3, failure = $4 WHERE id = $1 AND attempts = $2", taken.Id, taken.Attempts, next, failure);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
