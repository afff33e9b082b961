namespace Notifications.Durability;

/// <summary>
/// A statement that writes rows. What several steps write with it, when they are committed together, is one execution over all their rows;
/// the order of statements is kept within a step, and where a step is of many sagas, within what each of them writes.
/// </summary>
public sealed class RowStatement
{
    readonly string _text;
    readonly Type[] _types;

    /// <param name="text">The statement, given the source of its rows to read <c>FROM</c>.</param>
    /// <param name="columns">The columns of the source as they are declared in a table: <c>shipment_id uuid</c>.</param>
    /// <exception cref="ArgumentException">A type that no parameter can have.</exception>
    public RowStatement(Func<string, string> text, params string[] columns)
    {
        var declared = Array.ConvertAll(columns, column => column.Split(' ', 2));
        _types = Array.ConvertAll(declared, column => ClrType(column[1]));
        _text = text($"unnest({string.Join(", ", declared.Select((column, i) => $"${i + 1}::{column[1]}[]"))}) AS r ({string.Join(", ", declared.Select(column => column[0]))})");
    }

    /// <summary>Inserts rows into the table. Its columns are declared as in <see cref="RowStatement(Func{string, string}, string[])"/>.</summary>
    public static RowStatement Insert(string table, params string[] columns)
    {
        var names = string.Join(", ", columns.Select(column => column.Split(' ', 2)[0]));
        return new RowStatement(rows => $"INSERT INTO {table} ({names}) SELECT {names} FROM {rows}", columns);
    }

    /// <summary>The statement for one row. Its values are in the order of the columns.</summary>
    public Statement Of(params object?[] values) => OfRows([values]);

    /// <summary>The statement for rows, each with its values in the order of the columns.</summary>
    public Statement OfRows(IReadOnlyList<object?[]> rows)
    {
        if (rows.FirstOrDefault(row => row.Length != _types.Length) is { } odd)
            throw new ArgumentException($"A row has {odd.Length} values for {_types.Length} columns.", nameof(rows));

        return new Statement(_text, [.. _types.Select((_, column) => Values(rows, column))]) { IsOfRows = true };
    }

    Array Values(IReadOnlyList<object?[]> rows, int column)
    {
        var values = Array.CreateInstance(_types[column], rows.Count);
        for (var row = 0; row < rows.Count; row++)
            values.SetValue(rows[row][column], row);

        return values;
    }

    static Type ClrType(string storeType) => storeType switch
    {
        "uuid" => typeof(Guid?),
        "text" or "jsonb" => typeof(string),
        "timestamptz" => typeof(DateTimeOffset?),
        "interval" => typeof(TimeSpan?),
        "integer" => typeof(int?),
        "smallint" => typeof(short?),
        "boolean" => typeof(bool?),
        _ => throw new ArgumentException($"A row cannot have a column of type {storeType}.", nameof(storeType)),
    };
}
