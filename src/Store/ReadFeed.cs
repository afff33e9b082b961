using System.Text.Json;
using Npgsql;

namespace Notifications.Store;

/// <summary>The status feed of one creator, by a cursor that never skips an entry.</summary>
public sealed class ReadFeed(NpgsqlDataSource database)
{
    /// <summary>Entries above <paramref name="sequence"/> ascending, or below it descending; 0 descending starts at the newest.</summary>
    public async Task<IReadOnlyList<(long Sequence, JsonElement Entry)>> Read(string creator, long sequence, int pageSize, bool descending, CancellationToken cancellationToken)
    {
        // The oldest are numbered first. Who asks for the newest must have numbered all.
        if (descending && sequence == 0)
            await FeedNumbers.NumberAll(database, creator, cancellationToken);
        else
            await FeedNumbers.Number(database, creator, cancellationToken);

        await using var command = database.Command(
            descending
                ? "SELECT sequence, entry FROM status_feed WHERE creator = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3"
                : "SELECT sequence, entry FROM status_feed WHERE creator = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            creator, descending && sequence == 0 ? long.MaxValue : sequence, pageSize);

        var entries = new List<(long, JsonElement)>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            entries.Add((row.GetInt64(0), JsonSerializer.Deserialize<JsonElement>(row.GetString(1))));
        return entries;
    }
}
