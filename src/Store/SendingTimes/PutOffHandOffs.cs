using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Puts off what came to its hand-off while its sending window is closed: too early, or after a backlog or a pause had outlasted the
/// opening. It costs the row nothing but the time at which it is driven next. Where the window is open and there is a send condition, the
/// condition was asked too long ago.
/// </summary>
public sealed class PutOffHandOffs(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How long a question to the condition takes at most before the hand-off is driven again.</summary>
    private static readonly TimeSpan Question = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Of notifications that could not be claimed, puts off those that may not leave now; returns the shipments whose condition is to be asked.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> PutOff(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var closed = await Closed(ids, now, cancellationToken);
        if (closed.Count == 0)
            return [];

        await using var command = database.Command(
            """
            UPDATE notifications n SET hand_off_from = coalesce(c.opens, n.hand_off_from), hand_off_until = coalesce(c.closes, n.hand_off_until), next_attempt_at = c.drive_at
            FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS c (id, opens, closes, drive_at) WHERE n.id = c.id AND n.state = 'New'
            """, closed.Select(c => c.Id).ToArray(), closed.Select(c => c.Next?.From).ToArray(), closed.Select(c => c.Next?.Until).ToArray(), closed.Select(c => c.DriveAt).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
        return [.. closed.Where(c => c.AwaitsCondition).Select(c => c.ShipmentId).Distinct()];
    }

    private async Task<List<ClosedNotification>> Closed(IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT n.id, n.channel, o.sending_window, n.shipment_id, o.condition IS NOT NULL FROM notifications n JOIN order_state o ON o.correlation_id = n.shipment_id
            WHERE n.id = ANY ($1) AND n.state = 'New' AND ($2 < n.hand_off_from OR $2 >= n.hand_off_until) ORDER BY n.id
            """, ids.ToArray(), now);
        var closed = new List<ClosedNotification>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var window = SendingTimes.Window(row.Text(2), Channel.Named(row.GetString(1)));
            closed.Add(Closed(row.GetGuid(0), row.GetGuid(3), window?.At(now), hasCondition: row.GetBoolean(4), now));
        }
        return closed;
    }

    private static ClosedNotification Closed(Guid id, Guid shipmentId, Opening? opening, bool hasCondition, DateTimeOffset now) =>
        opening is not null && !hasCondition ? new(id, shipmentId, opening, opening.From, AwaitsCondition: false)
        : opening?.From > now ? new(id, shipmentId, opening with { Until = opening.From }, opening.From, AwaitsCondition: false)
        : new(id, shipmentId, null, now + Question, AwaitsCondition: hasCondition);

    private sealed record ClosedNotification(Guid Id, Guid ShipmentId, Opening? Next, DateTimeOffset DriveAt, bool AwaitsCondition);
}
