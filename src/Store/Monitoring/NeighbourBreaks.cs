using Npgsql;

namespace Notifications.Store;

/// <summary>A neighbour that one host does not ask for a while. When the while is over, its next question decides.</summary>
public sealed class NeighbourBreak
{
    /// <summary>What waits for a neighbour asks it every few seconds. Where nobody has for so long, nothing waits, or the host is gone.</summary>
    internal static readonly TimeSpan Unheard = TimeSpan.FromSeconds(15);

    public required string Neighbour { get; init; }
    public required string Host { get; init; }

    /// <summary>What came of the last question, without anything of the question.</summary>
    public required string Answer { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>The next question goes ahead, half-open as breakers have it.</summary>
    public bool IsOver(DateTimeOffset now) => Until <= now;

    public bool IsForgotten(DateTimeOffset now) => Until + Unheard <= now;
}

/// <summary>What the hosts tell each other of their neighbours, for whoever looks at all of them. Written when something changes, and at no other time.</summary>
public sealed class NeighbourBreaks(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Forgets what hosts have left behind that are gone.</summary>
    public async Task Keep(NeighbourBreak open, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            WITH gone AS (DELETE FROM neighbour_breaks WHERE until <= $6 AND (neighbour, host) <> ($1, $2))
            INSERT INTO neighbour_breaks (neighbour, host, answer, since, until) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (neighbour, host) DO UPDATE SET answer = excluded.answer, since = excluded.since, until = excluded.until
            """, open.Neighbour, open.Host, open.Answer, open.Since, open.Until, clock.GetUtcNow() - NeighbourBreak.Unheard);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task End(string neighbour, string host, CancellationToken cancellationToken)
    {
        await using var command = database.Command("DELETE FROM neighbour_breaks WHERE neighbour = $1 AND host = $2", neighbour, host);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Those of all hosts that were heard of lately.</summary>
    public async Task<IReadOnlyList<NeighbourBreak>> Current(CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT neighbour, host, answer, since, until FROM neighbour_breaks ORDER BY neighbour, host");
        var breaks = new List<NeighbourBreak>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var kept = new NeighbourBreak
            {
                Neighbour = row.GetString(0),
                Host = row.GetString(1),
                Answer = row.GetString(2),
                Since = row.GetFieldValue<DateTimeOffset>(3),
                Until = row.GetFieldValue<DateTimeOffset>(4),
            };
            if (!kept.IsForgotten(clock.GetUtcNow()))
                breaks.Add(kept);
        }
        return breaks;
    }
}
