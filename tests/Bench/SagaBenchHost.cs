using System.Diagnostics;
using MassTransit;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Notifications.Durability;
using Npgsql;

namespace Notifications.Tests.Bench;

/// <summary>One variant of the saga benchmark, running.</summary>
sealed class SagaBenchHost(Microsoft.Extensions.Hosting.IHost host) : IAsyncDisposable
{
    static readonly string s_body = new('x', 300);

    readonly IBus _bus = host.Services.GetRequiredService<IBus>();

    /// <summary>No engine: the in-memory repository, without an outbox.</summary>
    public static async Task<SagaBenchHost> Start(DurabilityEngine? engine, string database, Uri broker, string names)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(_ => IndexedDataSource.Create(database + ";Max Auto Prepare=100;No Reset On Close=true;Maximum Pool Size=80"));
        builder.Services.AddDbContext<BenchContext>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        builder.Services.AddMassTransit(x => Configure(x, engine, broker, names));

        LogContext.Current = null;
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<BenchContext>().Database.EnsureCreatedAsync();

        await host.StartAsync();
        return new SagaBenchHost(host);
    }

    /// <summary>Orders per second, from the first publish to the last completed saga.</summary>
    public async Task<double> Load(int orders, CancellationToken ct)
    {
        var goal = BenchOrderMachine.CompletedSoFar + orders;
        var elapsed = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, orders), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = ct }, (_, token) => Publish(token));
        await Completed(goal, ct);
        return orders / elapsed.Elapsed.TotalSeconds;
    }

    /// <summary>One order after the other.</summary>
    public async Task OneByOne(int orders, CancellationToken ct)
    {
        for (var i = 0; i < orders; i++)
        {
            var goal = BenchOrderMachine.CompletedSoFar + 1;
            await Publish(ct);
            await Completed(goal, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    async ValueTask Publish(CancellationToken ct) => await _bus.Publish(new BenchStart(NewId.NextGuid(), s_body), ct);

    static async Task Completed(long goal, CancellationToken ct)
    {
        while (BenchOrderMachine.CompletedSoFar < goal)
            await Task.Delay(1, ct);
    }

    static void Configure(IBusRegistrationConfigurator x, DurabilityEngine? engine, Uri broker, string names)
    {
        x.DisableUsageTelemetry();
        x.AddConsumer<BenchConsumers>();
        var saga = x.AddSagaStateMachine<BenchOrderMachine, BenchOrder>();
        if (engine is null)
        {
            saga.InMemoryRepository();
        }
        else
        {
            x.AddPostgresOutbox<BenchContext>(options => options.Engine = engine.Value);
            saga.PostgresRepository(r => r.ExistingDbContext<BenchContext>());
        }

        x.UsingRabbitMq((context, cfg) =>
        {
            cfg.Host(broker);
            cfg.MessageTopology.SetEntityNameFormatter(new PrefixEntityNameFormatter(cfg.MessageTopology.EntityNameFormatter, names));
            cfg.ConfigureJsonSerializerOptions(options =>
            {
                options.WriteIndented = false;
                return options;
            });
            cfg.ReceiveEndpoint($"{names}-orders", e =>
            {
                Limits(e);
                if (engine is not null)
                    e.UsePostgresOutbox(context);

                e.ConfigureSaga<BenchOrder>(context);
            });
            cfg.ReceiveEndpoint($"{names}-work", e =>
            {
                Limits(e);
                e.ConfigureConsumer<BenchConsumers>(context);
            });
        });
    }

    static void Limits(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = 128;
        endpoint.ConcurrentMessageLimit = 64;
    }
}
