using Npgsql;

namespace Notifications.Store;

/// <summary>
/// Which of some notifications may go within the shares of their creators, counted for all workers together. The others get a turn: each
/// waits in its creator's line, and in nobody's way. Until the transaction ends nobody else counts for these creators.
/// </summary>
internal sealed class CreatorTurns
{
    private readonly List<(UsedShare Line, CreatorShare Share, Candidate[] Late)> _lines = [];
    private readonly Dictionary<Guid, string> _creators = [];
    private readonly List<Guid> _mayGo = [];
    private readonly string _provider;
    private readonly DateTimeOffset _now;

    private CreatorTurns(string provider, DateTimeOffset now) => (_provider, _now) = (provider, now);

    public IReadOnlyList<Guid> MayGo => _mayGo;

    public static async Task<CreatorTurns> Lock(
        NpgsqlTransaction transaction, string provider, CreatorShares shares, IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var turns = new CreatorTurns(provider, now);
        foreach (var creator in (await Candidates(transaction, provider, ids, now, cancellationToken)).GroupBy(c => c.Line.Creator, StringComparer.Ordinal))
            turns.Divide([.. creator], shares.Of(creator.Key));
        return turns;
    }

    /// <summary>Counts what was claimed, and gives the others their turns.</summary>
    public async Task Keep(NpgsqlTransaction transaction, IReadOnlyList<ClaimedNotification> claimed, CancellationToken cancellationToken)
    {
        var calls = claimed.CountBy(c => _creators[c.Id], StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var turns = new List<(Guid Id, DateTimeOffset At)>();
        var moved = new List<UsedShare>();
        foreach (var (line, share, late) in _lines)
        {
            var usedUntil = share.With(line.UsedUntil, _now, calls.GetValueOrDefault(line.Creator));
            var next = share.NextTurn(line.LineUntil, usedUntil, _now);
            foreach (var candidate in late)
            {
                turns.Add((candidate.Id, next));
                next = share.After(next);
            }
            if (late.Length > 0 || calls.ContainsKey(line.Creator))
                moved.Add(new UsedShare { Provider = _provider, Creator = line.Creator, UsedUntil = usedUntil, LineUntil = late.Length > 0 ? next : line.LineUntil });
        }
        if (moved.Count > 0)
            await Write(transaction, moved, turns, cancellationToken);
    }

    /// <summary>Who has had to wait goes first, and while somebody of the same creator has yet to come nobody goes who has not waited.</summary>
    private void Divide(Candidate[] candidates, CreatorShare? share)
    {
        foreach (var candidate in candidates)
            _creators[candidate.Id] = candidate.Line.Creator;
        if (share is null)
        {
            _mayGo.AddRange(candidates.Select(c => c.Id));
            return;
        }

        var line = candidates[0].Line;
        var go = candidates.Where(c => line.LineUntil <= _now || c.TurnAt <= _now).Take(share.Free(line.UsedUntil, _now)).ToArray();
        _mayGo.AddRange(go.Select(c => c.Id));
        _lines.Add((line, share, [.. candidates.Except(go).Where(c => !(c.TurnAt > _now))]));
    }

    /// <summary>Those that wait for nothing else, in the order of their turns.</summary>
    private static async Task<IReadOnlyList<Candidate>> Candidates(
        NpgsqlTransaction transaction, string provider, IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command(
            """
            WITH waiting AS (
                SELECT n.id, s.creator, n.turn_at FROM notifications n JOIN shipments s ON s.id = n.shipment_id
                WHERE n.id = ANY ($1) AND n.state = 'New' AND n.expires_at > $3 AND (n.hand_off_until IS NULL OR (n.hand_off_from <= $3 AND n.hand_off_until > $3))),
            locked AS (
                INSERT INTO creator_shares AS c (provider, creator, used_until, line_until)
                SELECT $2, creator, $3, $3 FROM (SELECT DISTINCT creator FROM waiting ORDER BY creator) AS creators
                ON CONFLICT (provider, creator) DO UPDATE SET provider = c.provider RETURNING creator, used_until, line_until)
            SELECT w.id, w.turn_at, l.creator, l.used_until, l.line_until FROM waiting w JOIN locked l ON l.creator = w.creator ORDER BY w.turn_at NULLS LAST, w.id
            """, ids.ToArray(), provider, now);
        var candidates = new List<Candidate>(ids.Count);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            candidates.Add(new Candidate(row.GetGuid(0), row.Time(1), new UsedShare
            {
                Provider = provider,
                Creator = row.GetString(2),
                UsedUntil = row.GetFieldValue<DateTimeOffset>(3),
                LineUntil = row.GetFieldValue<DateTimeOffset>(4),
            }));
        }
        return candidates;
    }

    private static async Task Write(NpgsqlTransaction transaction, List<UsedShare> moved, List<(Guid Id, DateTimeOffset At)> turns, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.BatchCommands.Add(Sql.Command(
            """
            UPDATE creator_shares c SET used_until = m.used_until, line_until = m.line_until
            FROM unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) AS m (creator, used_until, line_until) WHERE c.provider = $1 AND c.creator = m.creator
            """,
            moved[0].Provider, moved.Select(m => m.Creator).ToArray(), moved.Select(m => m.UsedUntil).ToArray(), moved.Select(m => m.LineUntil).ToArray()));
        if (turns.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(
                """
                WITH late AS (SELECT id FROM notifications WHERE id = ANY ($1) AND state = 'New' FOR UPDATE SKIP LOCKED)
                UPDATE notifications n SET turn_at = t.at, next_attempt_at = t.at
                FROM late JOIN unnest($1::uuid[], $2::timestamptz[]) AS t (id, at) ON t.id = late.id WHERE n.id = late.id
                """, turns.Select(t => t.Id).ToArray(), turns.Select(t => t.At).ToArray()));
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Candidate(Guid Id, DateTimeOffset? TurnAt, UsedShare Line);
}
