using Npgsql;

namespace Notifications.Store;

/// <summary>Statements with the values of their numbered parameters, and columns that may be empty.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Take(values);
        return command;
    }

    public static NpgsqlCommand Command(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> values)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Take(values);
        return command;
    }

    public static NpgsqlCommand Command(this NpgsqlTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.Take(values);
        return command;
    }

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Time(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    /// <summary>The first column of all rows.</summary>
    public static async Task<IReadOnlyList<Guid>> ReadIds(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            ids.Add(row.GetGuid(0));
        return ids;
    }

    /// <summary>
    /// The part <c>creators</c> of a recursive statement, each creator once and a null: from one to the next by an index that begins with them, for
    /// they are few and their rows are many.
    /// </summary>
    /// <param name="rows">A table and a condition on it.</param>
    public static string Creators(string rows) =>
        $"""
        creators (creator) AS (
            (SELECT creator FROM {rows} ORDER BY creator LIMIT 1)
            UNION ALL
            SELECT (SELECT creator FROM {rows} AND creator > c.creator ORDER BY creator LIMIT 1) FROM creators c WHERE c.creator IS NOT NULL)
        """;

    private static void Take(this NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
            parameters.Add(new() { Value = value ?? DBNull.Value });
    }
}
