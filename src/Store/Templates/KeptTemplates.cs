using Npgsql;

namespace Notifications.Store;

/// <summary>The templates of each creator; another creator's are not there.</summary>
public sealed class KeptTemplates(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>More names than anybody keeps in order.</summary>
    public const int MostOfOne = 1000;

    private const string Columns = "creator, name, version, content, created_at, retired_at";

    /// <summary>Adds the next version under a name, and retires none: orders may go on naming an earlier one. Null when the creator has too many names.</summary>
    public async Task<Template?> Add(string creator, string name, string content, CancellationToken cancellationToken)
    {
        // Two at the same time want the same number: the second one takes the next.
        while (true)
        {
            await using var command = database.Command(
                $"""
                INSERT INTO templates (creator, name, version, content, created_at)
                SELECT $1, $2, coalesce((SELECT max(version) FROM templates WHERE creator = $1 AND name = $2), 0) + 1, $3::jsonb, $4
                WHERE (SELECT count(DISTINCT name) FROM templates WHERE creator = $1 AND name <> $2 AND retired_at IS NULL) < {MostOfOne}
                ON CONFLICT DO NOTHING RETURNING {Columns}
                """, creator, name, content, clock.GetUtcNow());
            if (await Read(command, cancellationToken) is [var added])
                return added;
            if (await CountNames(creator, name, cancellationToken) >= MostOfOne)
                return null;
        }
    }

    /// <summary>A version, or the latest one that is not retired.</summary>
    public async Task<Template?> Find(string creator, string name, int? version, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT {Columns} FROM templates
            WHERE creator = $1 AND name = $2 AND CASE WHEN $3::int IS NULL THEN retired_at IS NULL ELSE version = $3 END
            ORDER BY version DESC LIMIT 1
            """, creator, name, version);
        return await Read(command, cancellationToken) is [var found] ? found : null;
    }

    /// <summary>The latest version of each template that is not retired, by name.</summary>
    public async Task<IReadOnlyList<Template>> All(string creator, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"SELECT DISTINCT ON (name) {Columns} FROM templates WHERE creator = $1 AND retired_at IS NULL ORDER BY name, version DESC LIMIT {MostOfOne}", creator);
        return await Read(command, cancellationToken);
    }

    /// <summary>All of one name, retired ones too, the latest first, from before a version.</summary>
    public async Task<IReadOnlyList<Template>> Versions(string creator, string name, int before, int count, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"SELECT {Columns} FROM templates WHERE creator = $1 AND name = $2 AND version < $3 ORDER BY version DESC LIMIT $4", creator, name, before, count);
        return await Read(command, cancellationToken);
    }

    /// <summary>Every version of a name; false when there was none to retire.</summary>
    public async Task<bool> Retire(string creator, string name, CancellationToken cancellationToken)
    {
        await using var command = database.Command("UPDATE templates SET retired_at = $3 WHERE creator = $1 AND name = $2 AND retired_at IS NULL", creator, name, clock.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private async Task<long> CountNames(string creator, string name, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT count(DISTINCT name) FROM templates WHERE creator = $1 AND name <> $2 AND retired_at IS NULL", creator, name);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<IReadOnlyList<Template>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var templates = new List<Template>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            templates.Add(new Template
            {
                Creator = row.GetString(0),
                Name = row.GetString(1),
                Version = row.GetInt32(2),
                Content = row.GetString(3),
                CreatedAt = row.GetFieldValue<DateTimeOffset>(4),
                RetiredAt = row.Time(5),
            });
        }
        return templates;
    }
}
