using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Notifications.Durability;

/// <summary>The table of a saga, as the EF Core model has it, and the SQL derived from it.</summary>
abstract class SagaTable(string name)
{
    public string Name { get; } = name;

    /// <summary>Writes rows that were all captured for the same operation, and fails when one of them is stale.</summary>
    public abstract IEnumerable<NpgsqlBatchCommand> Commands(SagaOperation operation, IReadOnlyList<object?[]> rows);
}

sealed class SagaTable<TSaga> : SagaTable
    where TSaga : class, ISaga
{
    readonly SagaColumn<TSaga>[] _columns;
    readonly int _id;
    readonly int _version;
    readonly bool _hasArrays;
    readonly string _names;

    public SagaTable(IEntityType entity)
        : base(DurabilitySchema.QualifiedName(entity))
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        _columns = [.. entity.GetProperties().Select(property => new SagaColumn<TSaga>(property, table))];
        _id = Array.FindIndex(_columns, column => column.Is(nameof(ISaga.CorrelationId)));
        _version = typeof(ISagaVersion).IsAssignableFrom(typeof(TSaga))
            ? Array.FindIndex(_columns, column => column.Is(nameof(ISagaVersion.Version)))
            : -1;
        _hasArrays = _columns.Any(column => column.IsArray);
        _names = string.Join(", ", _columns.Select(column => column.Name));

        if (_id < 0)
            throw new InvalidOperationException($"{entity.Name}.{nameof(ISaga.CorrelationId)} is not mapped.");

        SelectColumns = string.Join(", ", _columns.Select(column => $"t.{column.Name}"));
        IdColumn = _columns[_id].Name;
    }

    public string SelectColumns { get; }
    public string IdColumn { get; }
    public int IdOrdinal => _id;
    public bool HasVersion => _version >= 0;

    public TSaga Read(NpgsqlDataReader reader, int firstOrdinal)
    {
        var instance = Activator.CreateInstance<TSaga>();
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Assign(instance, reader, firstOrdinal + i);

        return instance;
    }

    /// <summary>Takes the values now, with the version that the row will have.</summary>
    public SagaWrite Capture(SagaOperation operation, TSaga instance)
    {
        if (operation != SagaOperation.Insert && instance is ISagaVersion versioned)
            versioned.Version++;

        return new SagaWrite(this, operation, instance.CorrelationId, Array.ConvertAll(_columns, column => column.Value(instance)));
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands(SagaOperation operation, IReadOnlyList<object?[]> rows)
        => _hasArrays
            ? rows.Select(row => Command(operation, RowSource(row), row, 1))
            : [Command(operation, UnnestSource(), [.. _columns.Select((column, i) => column.Values(rows, i))], rows.Count)];

    string UnnestSource()
        => $"unnest({string.Join(", ", _columns.Select((column, i) => $"${i + 1}::{column.StoreType}[]"))}) AS n({_names})";

    string RowSource(object?[] row)
        => $"(SELECT {string.Join(", ", row.Select((_, i) => $"${i + 1}::{_columns[i].StoreType} AS {_columns[i].Name}"))}) AS n";

    NpgsqlBatchCommand Command(SagaOperation operation, string source, object?[] values, int count)
    {
        var match = HasVersion
            ? $"t.{IdColumn} = n.{IdColumn} AND t.{_columns[_version].Name} = n.{_columns[_version].Name} - 1"
            : $"t.{IdColumn} = n.{IdColumn}";

        var command = new NpgsqlBatchCommand(operation switch
        {
            SagaOperation.Insert => $"INSERT INTO {Name} ({_names}) SELECT {_names} FROM {source}",
            SagaOperation.Update => Asserted($"UPDATE {Name} AS t SET {Assignments()} FROM {source} WHERE {match} RETURNING 1"),
            _ => Asserted($"DELETE FROM {Name} AS t USING {source} WHERE {match} RETURNING 1"),
        });

        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });

        if (operation != SagaOperation.Insert)
            command.Parameters.Add(new NpgsqlParameter { Value = (long)count });

        return command;

        // A stale row divides by zero, which aborts the whole transaction.
        string Asserted(string change)
            => $"WITH changed AS ({change}) SELECT 1 / (CASE WHEN count(*) = ${values.Length + 1} THEN 1 ELSE 0 END) FROM changed";
    }

    string Assignments()
        => string.Join(", ", _columns.Where((_, i) => i != _id).Select(column => $"{column.Name} = n.{column.Name}"));
}
