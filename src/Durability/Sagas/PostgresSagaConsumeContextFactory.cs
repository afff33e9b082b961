using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Notifications.Durability;

sealed class PostgresSagaConsumeContextFactory<TSaga> : ISagaConsumeContextFactory<SagaDbContext<TSaga>, TSaga>
    where TSaga : class, ISaga
{
    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        SagaDbContext<TSaga> context, ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class
        => Task.FromResult<SagaConsumeContext<TSaga, T>>(new DefaultSagaConsumeContext<TSaga, T>(consumeContext, instance));
}
