using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Notifications.Durability;

/// <summary>The repository as one message sees it: loads through the step and adds what the step has to write.</summary>
sealed class PostgresSagaRepositoryContext<TSaga, TMessage>(ConsumeContext<TMessage> context, Step step, SagaTable<TSaga> table)
    : ConsumeContextScope<TMessage>(context, step), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TMessage : class
{
    readonly Dictionary<Guid, TSaga?> _loaded = [];

    /// <summary>Loads all that a message is for at once; each is handed out when it is asked for.</summary>
    public async Task LoadAll(IReadOnlyCollection<Guid> correlationIds)
    {
        foreach (var id in correlationIds)
            _loaded.Add(id, null);

        foreach (var instance in await step.Load<TSaga>(correlationIds, CancellationToken))
            _loaded[instance.CorrelationId] = instance;
    }

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) => Create(instance);

    // Answering nothing leads to a load, which takes the place of the early insert.
    public Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance) => Task.FromResult<SagaConsumeContext<TSaga, TMessage>>(null!);

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId)
    {
        step.BeginPart();
        if (!_loaded.Remove(correlationId, out var instance))
            instance = (await step.Load<TSaga>([correlationId], CancellationToken)).SingleOrDefault();
        return instance is null ? null! : new DefaultSagaConsumeContext<TSaga, TMessage>(this, instance);
    }

    public Task Save(SagaConsumeContext<TSaga> context) => Write(SagaOperation.Insert, context);

    public Task Update(SagaConsumeContext<TSaga> context) => Write(SagaOperation.Update, context);

    public Task Delete(SagaConsumeContext<TSaga> context) => Write(SagaOperation.Delete, context);

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class
        => Task.FromResult<SagaConsumeContext<TSaga, T>>(new DefaultSagaConsumeContext<TSaga, T>(consumeContext, instance));

    Task Write(SagaOperation operation, SagaConsumeContext<TSaga> context)
    {
        step.Add(table.Capture(operation, context.Saga));
        return Task.CompletedTask;
    }

    Task<SagaConsumeContext<TSaga, TMessage>> Create(TSaga instance)
        => Task.FromResult<SagaConsumeContext<TSaga, TMessage>>(new DefaultSagaConsumeContext<TSaga, TMessage>(this, instance));
}
