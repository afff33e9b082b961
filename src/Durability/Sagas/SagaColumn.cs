using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Notifications.Durability;

/// <summary>One mapped property: how it is read from a row, taken from an instance, and sent as a value or as an array.</summary>
sealed class SagaColumn<TSaga>
{
    static readonly MethodInfo GetFieldValue = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.GetFieldValue))!;
    static readonly MethodInfo IsDBNull = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.IsDBNull))!;

    readonly Func<TSaga, object?> _get;
    readonly Type _elementType;
    readonly string _property;

    public SagaColumn(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.FindRelationalTypeMapping(table)
            ?? throw new InvalidOperationException($"{property.DeclaringType.Name}.{property.Name} has no column type.");
        var converter = mapping.Converter;
        var providerType = Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType)
            ?? converter?.ProviderClrType ?? property.ClrType;

        _property = property.Name;
        Name = DurabilitySchema.Quote(property.GetColumnName(table) ?? property.Name);
        StoreType = WithoutLength(mapping.StoreType);
        IsArray = mapping.StoreType.EndsWith("[]", StringComparison.Ordinal);
        Assign = Assignment(property, providerType, converter?.ConvertFromProviderExpression);
        _elementType = providerType.IsValueType ? typeof(Nullable<>).MakeGenericType(providerType) : providerType;
        _get = Getter(property, converter?.ConvertToProvider);
    }

    public string Name { get; }
    public string StoreType { get; }
    public bool IsArray { get; }
    public Action<TSaga, NpgsqlDataReader, int> Assign { get; }

    public bool Is(string property) => string.Equals(_property, property, StringComparison.Ordinal);

    public object? Value(TSaga instance) => _get(instance);

    public Array Values(IReadOnlyList<object?[]> rows, int index)
    {
        var values = Array.CreateInstance(_elementType, rows.Count);
        for (var i = 0; i < rows.Count; i++)
            values.SetValue(rows[i][index], i);

        return values;
    }

    // A cast to varchar(n) would cut the text silently; the assignment to the column complains.
    static string WithoutLength(string storeType)
    {
        var open = storeType.IndexOf('(', StringComparison.Ordinal);
        var close = storeType.IndexOf(')', StringComparison.Ordinal);
        return open < 0 ? storeType : storeType[..open] + storeType[(close + 1)..];
    }

    static Func<TSaga, object?> Getter(IProperty property, Func<object?, object?>? toProvider)
    {
        var instance = Expression.Parameter(typeof(TSaga));
        var get = Expression.Lambda<Func<TSaga, object?>>(
            Expression.Convert(Expression.MakeMemberAccess(instance, Member(property)), typeof(object)), instance).Compile();

        return saga =>
        {
            var value = get(saga);
            if (toProvider is not null && value is not null)
                value = toProvider(value);

            return value is DateTimeOffset time ? time.ToUniversalTime() : value;
        };
    }

    static Action<TSaga, NpgsqlDataReader, int> Assignment(IProperty property, Type providerType, LambdaExpression? fromProvider)
    {
        var instance = Expression.Parameter(typeof(TSaga));
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var ordinal = Expression.Parameter(typeof(int));

        Expression read = Expression.Call(reader, GetFieldValue.MakeGenericMethod(providerType), ordinal);
        if (fromProvider is not null)
            read = Expression.Invoke(fromProvider, Expression.Convert(read, fromProvider.Parameters[0].Type));

        var value = Expression.Condition(
            Expression.Call(reader, IsDBNull, ordinal),
            Expression.Default(property.ClrType),
            Expression.Convert(read, property.ClrType));
        var assign = Expression.Assign(Expression.MakeMemberAccess(instance, Member(property)), value);
        return Expression.Lambda<Action<TSaga, NpgsqlDataReader, int>>(assign, instance, reader, ordinal).Compile();
    }

    static MemberInfo Member(IProperty property)
        => (MemberInfo?)property.PropertyInfo ?? property.FieldInfo
            ?? throw new InvalidOperationException($"{property.DeclaringType.Name}.{property.Name} is a shadow property, which a saga cannot have.");
}
