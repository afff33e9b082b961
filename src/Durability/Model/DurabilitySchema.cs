using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Notifications.Durability;

/// <summary>The EF Core model of the host's context: names of our tables, and of the sagas' ones.</summary>
sealed class DurabilitySchema(IModel model)
{
    readonly System.Collections.Concurrent.ConcurrentDictionary<Type, object> _sagas = new();

    public string Inbox { get; } = Table(model, typeof(InboxMessage));
    public string Outbox { get; } = Table(model, typeof(OutboxMessage));
    public string Scheduled { get; } = Table(model, typeof(ScheduledMessage));

    public SagaTable<TSaga> Saga<TSaga>()
        where TSaga : class, MassTransit.ISaga
        => (SagaTable<TSaga>)_sagas.GetOrAdd(typeof(TSaga), type => new SagaTable<TSaga>(
            model.FindEntityType(type)
            ?? throw new InvalidOperationException($"{type.Name} is not an entity of the context given to AddPostgresOutbox.")));

    static string Table(IModel model, Type type)
        => QualifiedName(model.FindEntityType(type)
            ?? throw new InvalidOperationException("The context has no durability tables: call modelBuilder.AddDurabilityEntities()."));

    internal static string QualifiedName(IEntityType entity)
    {
        var table = Quote(entity.GetTableName() ?? throw new InvalidOperationException($"{entity.Name} is not mapped to a table."));
        return entity.GetSchema() is { } schema ? $"{Quote(schema)}.{table}" : table;
    }

    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
