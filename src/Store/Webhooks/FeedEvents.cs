using Npgsql;

namespace Notifications.Store;

/// <summary>The status feed as webhooks read it. Addresses do not leave the database.</summary>
public sealed class FeedEvents(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<FeedEvent>> After(string creator, long sequence, int count, CancellationToken cancellationToken)
    {
        await FeedNumbers.Number(database, creator, cancellationToken);
        await using var command = database.Command(
            """
            SELECT f.sequence, f.shipment_id, f.entry ->> 'sendersReference', f.entry ->> 'status', f.entry ->> 'shipmentType', f.created_at,
                (SELECT coalesce(jsonb_object_agg(r.status, r.count), '{}')
                 FROM (SELECT recipient ->> 'status' AS status, count(*) FROM jsonb_array_elements(f.entry -> 'recipients') recipient GROUP BY 1) r)::text
            FROM status_feed f WHERE f.creator = $1 AND f.sequence > $2 ORDER BY f.sequence LIMIT $3
            """, creator, sequence, count);
        var events = new List<FeedEvent>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            events.Add(new FeedEvent(
                row.GetInt64(0), row.GetGuid(1), row.Text(2), row.GetString(3), row.Text(4),
                row.GetFieldValue<DateTimeOffset>(5), row.GetString(6)));
        }
        return events;
    }

    /// <summary>The number of the newest entry; 0 when there is none. What is committed later has a higher one.</summary>
    public async Task<long> End(string creator, CancellationToken cancellationToken)
    {
        await FeedNumbers.NumberAll(database, creator, cancellationToken);
        await using var command = database.Command("SELECT coalesce(max(sequence), 0) FROM status_feed WHERE creator = $1", creator);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A number below that of every entry since <paramref name="time"/>.</summary>
    public async Task<long> Before(string creator, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var end = await End(creator, cancellationToken);
        // Not the plain column, whose index would lead through everything from the feed's beginning.
        await using var command = database.Command("SELECT min(sequence + 0) - 1 FROM status_feed WHERE creator = $1 AND created_at >= $2", creator, time);
        return await command.ExecuteScalarAsync(cancellationToken) is long before ? before : end;
    }
}
