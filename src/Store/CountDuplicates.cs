using Npgsql;

namespace Notifications.Store;

/// <summary>Counts duplicates that were prevented, where they are: never on the way of a message that goes straight through.</summary>
public sealed class CountDuplicates(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Add = "INSERT INTO prevented_duplicates AS p (kind, day, count) SELECT $1, $2, found.count";
    private const string ToTheDay = "WHERE found.count > 0 ON CONFLICT (kind, day) DO UPDATE SET count = p.count + excluded.count";

    /// <summary>Of notifications that could not be claimed, those that are claimed already.</summary>
    public Task Unclaimed(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => Run(
        $"{Add} FROM (SELECT count(*) FROM notifications WHERE id = ANY ($3) AND attempts > 0 AND state <> 'New') AS found {ToTheDay}",
        DuplicateKind.ClaimTaken, [ids.ToArray()], cancellationToken);

    /// <summary>Of settled attempts, repeated calls that the provider knew, and calls that are not repeated.</summary>
    public async Task Settled(IReadOnlyList<SettledAttempt> settled, CancellationToken cancellationToken)
    {
        if (settled.Where(s => s is { Attempt: > 1, Outcome: AttemptOutcome.Accepted }).ToArray() is { Length: > 0 } taken)
        {
            await Run(
                $"""
                {Add} FROM (
                    SELECT count(*) FROM unnest($3::uuid[], $4::int[]) AS s (id, number)
                    JOIN attempts a ON a.notification_id = s.id AND a.number = s.number
                    WHERE EXISTS (SELECT FROM attempts b WHERE b.notification_id = a.notification_id AND b.number < a.number AND b.provider = a.provider AND b.outcome = 'Unknown')) AS found {ToTheDay}
                """,
                DuplicateKind.CallRepeated, [taken.Select(t => t.NotificationId).ToArray(), taken.Select(t => t.Attempt).ToArray()], cancellationToken);
        }
        await NotRepeated(settled.Count(s => s is { Outcome: AttemptOutcome.Unknown, State: NotificationState.Sending }), cancellationToken);
    }

    public Task NotRepeated(int unknown, CancellationToken cancellationToken) => unknown == 0
        ? Task.CompletedTask
        : Run($"{Add} FROM (SELECT $3::bigint AS count) AS found {ToTheDay}", DuplicateKind.UnknownNotRepeated, [(long)unknown], cancellationToken);

    /// <summary>Those of the latest days, the latest first.</summary>
    public async Task<IReadOnlyList<PreventedDuplicates>> Since(DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT kind, day, count FROM prevented_duplicates WHERE day >= $1 ORDER BY day DESC, kind", day);
        var prevented = new List<PreventedDuplicates>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            prevented.Add(new PreventedDuplicates { Kind = Enum.Parse<DuplicateKind>(row.GetString(0)), Day = row.GetFieldValue<DateOnly>(1), Count = row.GetInt64(2) });
        return prevented;
    }

    private async Task Run(string sql, DuplicateKind kind, object[] values, CancellationToken cancellationToken)
    {
        await using var command = database.Command(sql, [kind.ToString(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), .. values]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
