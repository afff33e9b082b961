using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Notifications.Durability;

/// <summary>Where a saga is kept.</summary>
public sealed class PostgresSagaRepositoryConfigurator<TSaga>
    where TSaga : class, ISaga
{
    readonly ISagaRepositoryRegistrationConfigurator<TSaga> _services;

    internal PostgresSagaRepositoryConfigurator(ISagaRepositoryRegistrationConfigurator<TSaga> services) => _services = services;

    /// <summary>The context that maps the saga; the same that was given to <c>AddPostgresOutbox</c>.</summary>
    public void ExistingDbContext<TDbContext>()
        where TDbContext : DbContext
    {
        _services.AddScoped(services => new SagaDbContext<TSaga>(services.GetRequiredService<TDbContext>));
        _services.RegisterLoadSagaRepository<TSaga, PostgresSagaRepositoryContextFactory<TSaga>>();
        _services.RegisterQuerySagaRepository<TSaga, PostgresSagaRepositoryContextFactory<TSaga>>();
        _services.RegisterSagaRepository<
            TSaga, SagaDbContext<TSaga>, PostgresSagaConsumeContextFactory<TSaga>, PostgresSagaRepositoryContextFactory<TSaga>>();
    }
}
