using MassTransit;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Notifications.Durability;
using Npgsql;

namespace Notifications.Tests.DurabilityContract;

sealed record ContractHostSettings
{
    public required string Database { get; init; }
    public required Uri Broker { get; init; }
    public required string Names { get; init; }
    public required DurabilityEngine Engine { get; init; }
    public TimeProvider Clock { get; init; } = TimeProvider.System;
    public bool Consumes { get; init; } = true;
    public bool Listens { get; init; }
    public Action<PostgresOutboxOptions> Outbox { get; init; } = _ => { };
}

/// <summary>One process of a system: what a worker, or an API, would be.</summary>
sealed class ContractHost(Microsoft.Extensions.Hosting.IHost host, ContractHostSettings settings) : IAsyncDisposable
{
    static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(45);

    public IBus Bus { get; } = host.Services.GetRequiredService<IBus>();
    public IUnitOfWorkFactory UnitsOfWork { get; } = host.Services.GetRequiredService<IUnitOfWorkFactory>();
    public NpgsqlDataSource DataSource { get; } = host.Services.GetRequiredService<NpgsqlDataSource>();
    public string Queue { get; } = $"{settings.Names}-parcels";
    public bool LostItsBroker { get; set; }

    public static async Task<ContractHost> Start(ContractHostSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (Environment.GetEnvironmentVariable("CONTRACT_LOG") is { } level)
            builder.Logging.AddSimpleConsole().SetMinimumLevel(Enum.Parse<LogLevel>(level)).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);

        builder.Services.AddSingleton(settings.Clock);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(settings.Database + ";Max Auto Prepare=100;No Reset On Close=true;Maximum Pool Size=30"));
        builder.Services.AddDbContext<ParcelContext>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            options.WaitUntilStarted = settings.Consumes;
            options.StartTimeout = TimeSpan.FromSeconds(60);
            options.StopTimeout = TimeSpan.FromSeconds(20);
        });
        builder.Services.AddMassTransit(x => Configure(x, settings));

        // MassTransit keeps the logger of an earlier host of this test in the flow of execution.
        LogContext.Current = null;
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ParcelContext>().Database.EnsureCreatedAsync();

        await host.StartAsync();
        return new ContractHost(host, settings);
    }

    public async Task<T> Scalar<T>(string sql, params object[] values)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A host that does not end has failed its test, unless its broker died: MassTransit may then wait for an endpoint for ever (ADR 7), and it is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await End().WaitAsync(s_longestEnd);
        }
        catch (TimeoutException) when (LostItsBroker)
        {
        }
    }

    async Task End()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    static void Configure(IBusRegistrationConfigurator x, ContractHostSettings settings)
    {
        x.DisableUsageTelemetry();
        x.AddPostgresOutbox<ParcelContext>(options =>
        {
            options.Engine = settings.Engine;
            options.SweepAfter = TimeSpan.FromSeconds(3);
            options.DeliveryTimeout = TimeSpan.FromSeconds(2);
            settings.Outbox(options);
        });
        x.AddSagaStateMachine<ParcelStateMachine, Parcel>().PostgresRepository(r => r.ExistingDbContext<ParcelContext>());
        x.AddSagaStateMachine<LetterStateMachine, Letter>().PostgresRepository(r => r.ExistingDbContext<ParcelContext>());
        x.AddConsumer<WeighedConsumer>();
        x.AddConsumer<NudgeConsumer>();
        x.AddConsumer<LateListener>();
        x.UsingRabbitMq((context, cfg) =>
        {
            cfg.Host(settings.Broker);
            cfg.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(cfg.MessageTopology.EntityNameFormatter, settings.Names));
            cfg.ConfigureJsonSerializerOptions(options =>
            {
                options.WriteIndented = false;
                return options;
            });
            cfg.UsePostgresScheduler(context);
            if (settings.Consumes)
                Receive(cfg, context, settings);
        });
    }

    static void Receive(IRabbitMqBusFactoryConfigurator cfg, IBusRegistrationContext context, ContractHostSettings settings)
    {
        void Endpoint(string name, Action<IReceiveEndpointConfigurator> configure)
            => cfg.ReceiveEndpoint($"{settings.Names}-{name}", e =>
            {
                e.PrefetchCount = 64;
                e.UseScheduledRedelivery(r => r.Intervals(TimeSpan.FromMilliseconds(300)));
                e.UsePostgresOutbox(context);
                configure(e);
            });

        Endpoint("parcels", e => e.ConfigureSaga<Parcel>(context));
        Endpoint("letters", e => e.ConfigureSaga<Letter>(context));
        Endpoint("weighed", e => e.ConfigureConsumer<WeighedConsumer>(context));
        Endpoint("nudge", e => e.ConfigureConsumer<NudgeConsumer>(context));
        if (settings.Listens)
            Endpoint("listener", e => e.ConfigureConsumer<LateListener>(context));
    }
}
