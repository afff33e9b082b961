using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Notifications.Durability;
using Notifications.Hosting.Clock;
using Notifications.Hosting.Health;
using Notifications.Hosting.Neighbours;
using Notifications.Hosting.Settings;
using Notifications.Store;

namespace Notifications.Hosting;

/// <summary>What both hosts are made of: settings, database, bus, clock and health.</summary>
public static class NotificationsHost
{
    /// <param name="embedded">One process hosts everything; messages stay in memory, and the database is still the truth.</param>
    /// <param name="brokerIsVital">Whether the host is not ready without the broker, or only degraded.</param>
    /// <param name="consumers">What the host consumes.</param>
    public static NotificationsSettings AddNotifications(
        this WebApplicationBuilder builder, bool embedded, bool brokerIsVital, Action<IBusRegistrationConfigurator> consumers)
    {
        builder.Configuration.AddSandboxDefaults();
        var settings = NotificationsSettings.Read(builder.Configuration, embedded);

        builder.Logging.AddFilter("MassTransit", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Notifications.Api.Access", LogLevel.Warning);
        builder.Services.AddSingleton(settings);
        builder.Services.AddClock(settings);
        builder.Services.AddSingleton(IndexedDataSource.Create(settings.Database));
        builder.Services.AddStore();
        builder.Services.AddHealth(brokerIsVital);
        builder.Services.AddBus(settings, consumers);
        builder.Services.AddSingleton<BrokerConnections>();
        builder.Services.AddReceiveEndpointObserver(provider => provider.GetRequiredService<BrokerConnections>());
        builder.Services.AddSingleton<Rebuild>();
        builder.Services.AddHostedService<EndpointKeeper>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return settings;
    }

    private static void AddClock(this IServiceCollection services, NotificationsSettings settings)
    {
        if (settings.Sandbox is not { } sandbox)
        {
            services.AddSingleton(TimeProvider.System);
            return;
        }
        services.AddSingleton<MovableTime>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<MovableTime>());
        services.AddHttpClient(nameof(SandboxClock), client => client.BaseAddress = new Uri($"{sandbox.AbsoluteUri.TrimEnd('/')}/"));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SandboxClock>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SandboxClock))));
    }

    private static void AddHealth(this IServiceCollection services, bool brokerIsVital)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("PostgreSQL")
            .AddCheck<BusHealth>("RabbitMQ", brokerIsVital ? HealthStatus.Unhealthy : HealthStatus.Degraded)
            .AddCheck<NeighbourHealth>("Neighbours", HealthStatus.Degraded, tags: [HealthChanges.Silent])
            .AddCheck<WarmUp>("Warm-up", tags: [HealthChanges.Silent]);
        services.PostConfigure<HealthCheckServiceOptions>(o =>
        {
            foreach (var check in o.Registrations.Where(r => r.Tags.Contains("masstransit")).ToArray())
                o.Registrations.Remove(check);
        });
        services.AddSingleton<NeighbourBreakers>();
        services.AddHostedService<NeighbourNews>();
        services.AddSingleton<WarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmUp>());
        services.AddSingleton<IHealthCheckPublisher, HealthChanges>();
        services.Configure<HealthCheckPublisherOptions>(o =>
        {
            o.Delay = TimeSpan.FromSeconds(3);
            o.Period = TimeSpan.FromSeconds(4);
        });
    }

    private static void AddBus(this IServiceCollection services, NotificationsSettings settings, Action<IBusRegistrationConfigurator> consumers) =>
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddPostgresOutbox<NotificationsDbContext>(outbox => outbox.TakeTimers = Backlogs.TakeOver);
            consumers(bus);

            if (settings.Broker is { } broker)
                bus.UsingNotificationsRabbitMq(broker, settings.QuorumQueues);
            else
                bus.UsingInMemory((context, bus) => Configure(context, bus));
        });

    private static void UsingNotificationsRabbitMq(this IBusRegistrationConfigurator bus, Uri broker, bool quorum) =>
        bus.UsingRabbitMq((context, rabbit) =>
        {
            var connections = context.GetRequiredService<BrokerConnections>();
            rabbit.Host(broker, host => host.OnRefreshConnectionFactory = _ =>
            {
                connections.Renew();
                return Task.CompletedTask;
            });
            if (quorum)
                rabbit.ConnectEndpointConfigurationObserver(new QuorumQueues());
            Configure(context, rabbit);
        });

    private static void Configure<TEndpoint>(IBusRegistrationContext context, IBusFactoryConfigurator<TEndpoint> bus)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        bus.UsePostgresScheduler(context);
        bus.ConfigureEndpoints(context);
    }

    private sealed class QuorumQueues : IEndpointConfigurationObserver
    {
        public void EndpointConfigured<T>(T configurator)
            where T : IReceiveEndpointConfigurator
        {
            if (configurator is IRabbitMqReceiveEndpointConfigurator rabbit && !configurator.InputAddress.AbsolutePath.Contains("_bus_", StringComparison.Ordinal))
                rabbit.SetQuorumQueue();
        }
    }
}
