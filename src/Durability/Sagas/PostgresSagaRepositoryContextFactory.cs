using MassTransit;
using MassTransit.Middleware;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;

namespace Notifications.Durability;

/// <summary>The repository of one saga. Instances that a message does not name are found by EF Core; everything else goes through the step.</summary>
sealed class PostgresSagaRepositoryContextFactory<TSaga>(
    StepFactory steps, DurabilitySchema schema, TimerDispatcher timers, SagaDbContext<TSaga> dbContext)
    : ISagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
{
    public void Probe(ProbeContext context) => context.Add("persistence", "postgres");

    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
        => await WithStep(context, step => next.Send(new PostgresSagaRepositoryContext<TSaga, T>(context, step, schema.Saga<TSaga>())));

    public async Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class
        => await WithStep(context, async step =>
        {
            var ids = NamedInstances.Of(query) ?? await Find(query, context.CancellationToken);
            var repository = new PostgresSagaRepositoryContext<TSaga, T>(context, step, schema.Saga<TSaga>());
            if (ids.Count > 0)
                await repository.LoadAll(ids);
            else
                await step.CheckInbox(context.CancellationToken);

            await next.Send(new DefaultSagaRepositoryQueryContext<TSaga, T>(repository, ids));
        });

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class
        => asyncMethod(new Reader(this, cancellationToken));

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class
        => asyncMethod(new Reader(this, cancellationToken));

    /// <summary>An endpoint without an outbox still gets one transaction for its saga and its timers.</summary>
    async Task WithStep<T>(ConsumeContext<T> context, Func<Step, Task> run)
        where T : class
    {
        if (context.TryGetPayload<Step>(out var current) && !current.IsClosed)
        {
            await run(current);
            return;
        }

        await using var step = steps.Begin(inbox: null);
        await run(step);
        await step.Commit(context.CancellationToken);
        timers.Watch(step.Writes.Timers);
    }

    Task<List<Guid>> Find(ISagaQuery<TSaga> query, CancellationToken ct)
        => dbContext.Value.Set<TSaga>().Where(query.FilterExpression).Select(saga => saga.CorrelationId).ToListAsync(ct);

    sealed class Reader(PostgresSagaRepositoryContextFactory<TSaga> factory, CancellationToken ct)
        : BasePipeContext(ct), LoadSagaRepositoryContext<TSaga>, QuerySagaRepositoryContext<TSaga>
    {
        public Task<TSaga> Load(Guid correlationId)
            => factory.Context.Set<TSaga>().AsNoTracking().SingleOrDefaultAsync(saga => saga.CorrelationId == correlationId, CancellationToken)!;

        public async Task<SagaRepositoryQueryContext<TSaga>> Query(ISagaQuery<TSaga> query, CancellationToken cancellationToken = default)
            => new DefaultSagaRepositoryQueryContext<TSaga>(this, await factory.Find(query, cancellationToken));
    }

    DbContext Context => dbContext.Value;
}

/// <summary>The context of a scope, made only for a correlation by expression: making one is the dearest part of a scope.</summary>
sealed class SagaDbContext<TSaga>(Func<DbContext> context)
{
    readonly Lazy<DbContext> _context = new(context);

    public DbContext Value => _context.Value;
}
