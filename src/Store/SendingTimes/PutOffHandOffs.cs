using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Puts off what came to its hand-off while its sending window is closed: too early, or after a backlog or a pause had outlasted the
/// opening. It costs the row nothing but the time at which it is driven next.
/// </summary>
public sealed class PutOffHandOffs(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Of notifications that could not be claimed, puts off those that only wait for their window.</summary>
    public async Task PutOff(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var closed = await Closed(ids, now, cancellationToken);
        if (closed.Count == 0)
            return;

        await using var command = database.CreateCommand(
            """
            UPDATE notifications n SET hand_off_from = c.opens, hand_off_until = c.closes, next_attempt_at = c.opens
            FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS c (id, opens, closes) WHERE n.id = c.id AND n.state = 'New'
            """);
        command.Parameters.Add(new() { Value = closed.Select(c => c.Id).ToArray() });
        command.Parameters.Add(new() { Value = closed.Select(c => c.Next.From).ToArray() });
        command.Parameters.Add(new() { Value = closed.Select(c => c.Next.Until).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<(Guid Id, Opening Next)>> Closed(IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT n.id, n.channel, o.sending_window FROM notifications n JOIN order_state o ON o.correlation_id = n.shipment_id
            WHERE n.id = ANY ($1) AND n.state = 'New' AND ($2 < n.hand_off_from OR $2 >= n.hand_off_until) ORDER BY n.id
            """);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        command.Parameters.Add(new() { Value = now });
        var closed = new List<(Guid, Opening)>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (SendingTimes.Window(row.IsDBNull(2) ? null : row.GetString(2), Enum.Parse<Channel>(row.GetString(1))) is { } window)
                closed.Add((row.GetGuid(0), window.At(now)));
        }
        return closed;
    }
}
