using MassTransit;
using MassTransit.Configuration;
using MassTransit.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Notifications.Durability;

public static class PostgresOutboxRegistrationExtensions
{
    /// <summary>
    /// Adds the outbox, the inbox, the scheduler and units of work on the tables of <typeparamref name="TDbContext"/>. Needs an
    /// <see cref="Npgsql.NpgsqlDataSource"/> in the container; takes the <see cref="TimeProvider"/> from there, if there is one.
    /// </summary>
    public static IBusRegistrationConfigurator AddPostgresOutbox<TDbContext>(
        this IBusRegistrationConfigurator configurator, Action<PostgresOutboxOptions>? configure = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.AddOptions<PostgresOutboxOptions>()
            .Configure(configure ?? (_ => { }))
            .Validate(options => options.IsValid(), "Outbox: counts and intervals are above zero, and DeliveryTimeout is below SweepAfter.")
            .ValidateOnStart();
        configurator.TryAddSingleton(TimeProvider.System);
        configurator.AddSingleton(services =>
        {
            using var scope = services.CreateScope();
            return new DurabilitySchema(scope.ServiceProvider.GetRequiredService<TDbContext>().Model);
        });

        configurator.AddSingleton<MessageCapture>();
        configurator.AddSingleton<DeliveryRecord>();
        configurator.AddSingleton<MessageSender>();
        configurator.AddSingleton<MessageWriter>();
        configurator.AddSingleton<DeliveredRows>();
        configurator.AddSingleton<WriteBatch>();
        configurator.AddSingleton<Committer>();
        configurator.AddSingleton<GroupLoader>();
        configurator.AddSingleton<StepFactory>();
        configurator.AddSingleton<DurableConsumption>();
        configurator.AddSingleton<TimerStore>();
        configurator.AddSingleton<IUnitOfWorkFactory, UnitOfWorkFactory>();

        configurator.AddSingleton<OutboxDelivery>();
        configurator.AddSingleton<TimerDispatcher>();
        configurator.AddHostedService(services => services.GetRequiredService<OutboxDelivery>());
        configurator.AddHostedService(services => services.GetRequiredService<TimerDispatcher>());
        configurator.AddHostedService<OutboxSweeper>();
        configurator.AddHostedService<TableCleaner>();

        configurator.TryAddScoped<IMessageScheduler>(services =>
        {
            var bus = services.GetRequiredService<IBus>();
            return new MessageScheduler(
                new PostgresScheduleMessageProvider(bus, context: null, services.GetRequiredService<TimerStore>()), bus.Topology);
        });
        return configurator;
    }

    /// <summary>Keeps the saga in the table that the given context maps it to.</summary>
    public static ISagaRegistrationConfigurator<TSaga> PostgresRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, Action<PostgresSagaRepositoryConfigurator<TSaga>> configure)
        where TSaga : class, ISaga
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(configure);
        configurator.Repository(services => configure(new PostgresSagaRepositoryConfigurator<TSaga>(services)));
        return configurator;
    }

    /// <summary>
    /// Consumes each message of the endpoint in one transaction with its inbox entry, saga, business writes, messages and timers. Call it in
    /// the consumer's or saga's definition, after retry and redelivery.
    /// </summary>
    public static void UsePostgresOutbox(this IReceiveEndpointConfigurator configurator, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        var observer = new DurableConsumerObserver(configurator, context);
        configurator.ConnectConsumerConfigurationObserver(observer);
        configurator.ConnectSagaConfigurationObserver(observer);
    }

    /// <summary>Makes <c>Schedule</c>, <c>Unschedule</c> and scheduled redelivery use the table of scheduled messages.</summary>
    public static void UsePostgresScheduler(this IBusFactoryConfigurator configurator, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        var store = new Lazy<TimerStore>(context.GetRequiredService<TimerStore>);
        configurator.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(new PostgresSchedulerFilter(store)));
    }
}
