using System.Net;
using System.Net.Sockets;
using System.Reflection;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notifications.Durability;
using Notifications.Hosting;
using Notifications.Hosting.Settings;

namespace Notifications.Tests.Fast.Hosting;

/// <summary>What hangs on a connection that is gone may not even heed that it is to stop.</summary>
public sealed class HangingBusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_endpoint_that_never_stops_has_the_host_built_anew()
    {
        using var broker = new TcpListener(IPAddress.Loopback, 0);
        broker.Start();
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var stopping = new TaskCompletionSource();
        using var asked = lifetime.ApplicationStopping.Register(stopping.SetResult);
        var rebuild = new Rebuild(lifetime, Options.Create(new HostOptions()));
        var settings = new NotificationsSettings { Database = "", Broker = new Uri($"amqp://127.0.0.1:{((IPEndPoint)broker.LocalEndpoint).Port}") };
        using var keeper = new EndpointKeeper(BusWithAnEndpointThatHangs(), new BrokerConnections(), new DeliveryRecord(), settings, rebuild, NullLogger<EndpointKeeper>.Instance);

        await keeper.StartAsync(CancellationToken.None);
        await stopping.Task.WaitAsync(Patience);
        await keeper.StopAsync(CancellationToken.None);

        rebuild.IsWanted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_bus_that_looks_well_and_has_no_answer_after_the_broker_was_away_has_the_host_built_anew()
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var stopping = new TaskCompletionSource();
        using var asked = lifetime.ApplicationStopping.Register(stopping.SetResult);
        var deliveries = new DeliveryRecord();
        deliveries.NoAnswer(sent: long.MaxValue);
        var settings = new NotificationsSettings { Database = "", Broker = new Uri($"amqp://{address}") };
        using var keeper = new EndpointKeeper(
            BusThatLooksWell(), new BrokerConnections(), deliveries, settings, new Rebuild(lifetime, Options.Create(new HostOptions())), NullLogger<EndpointKeeper>.Instance);

        await keeper.StartAsync(CancellationToken.None);
        while (!stopping.Task.IsCompleted)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(2)), stopping.Task);
            using var broker = new TcpListener(address);
            broker.Start();
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(2)), stopping.Task);
        }
        await keeper.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Only_what_is_sent_later_and_answered_by_nothing_is_unanswered()
    {
        var deliveries = new DeliveryRecord();
        deliveries.IsUnansweredSince(10).ShouldBeFalse();

        deliveries.NoAnswer(sent: 9);
        deliveries.IsUnansweredSince(10).ShouldBeFalse();
        deliveries.NoAnswer(sent: 11);
        deliveries.IsUnansweredSince(10).ShouldBeTrue();
        deliveries.Answer(at: 12);
        deliveries.IsUnansweredSince(10).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_that_does_not_stop_is_left_behind_and_another_takes_its_port()
    {
        var built = 0;
        var stopped = new TaskCompletionSource();
        var address = $"http://127.0.0.1:{FreePort()}";

        (await HostLoop.Run(Build).WaitAsync(Patience)).ShouldBe(0);

        built.ShouldBe(2);
        stopped.Task.IsCompleted.ShouldBeTrue("What does not hang has stopped.");

        WebApplication Build()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls(address);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IHostLifetime, NoSignals>();
            builder.Services.AddSingleton<Rebuild>();
            if (++built == 1)
                builder.Services.AddHostedService(_ => new Stopping(stopped)).AddHostedService<Hanging>();
            else
                builder.Services.AddHostedService<Ending>();
            return builder.Build();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IBusControl BusThatLooksWell() => Only<IBusControl>(method => method.Name == nameof(IBusControl.CheckHealth)
        ? BusHealthResult.Healthy("", new Dictionary<string, EndpointHealthResult>(StringComparer.Ordinal))
        : throw new NotSupportedException(method.Name));

    private static IBusControl BusWithAnEndpointThatHangs()
    {
        var endpoint = Only<IReceiveEndpoint>(method => method.Name switch
        {
            "get_InputAddress" => new Uri("rabbitmq://localhost/email"),
            nameof(IReceiveEndpoint.Stop) => new TaskCompletionSource().Task,
            _ => throw new NotSupportedException(method.Name),
        });
        return Only<IBusControl>(method => method.Name == nameof(IBusControl.CheckHealth)
            ? BusHealthResult.Unhealthy("", new InvalidOperationException(), new Dictionary<string, EndpointHealthResult>(StringComparer.Ordinal)
            {
                ["email"] = EndpointHealthResult.Unhealthy(endpoint, "", null),
            })
            : throw new NotSupportedException(method.Name));
    }

    /// <summary>Of a large interface, what is asked for here.</summary>
    private static T Only<T>(Func<MethodInfo, object?> answer)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Answering>();
        ((Answering)(object)proxy).Answer = answer;
        return proxy;
    }

    public class Answering : DispatchProxy
    {
        internal Func<MethodInfo, object?>? Answer { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer!(targetMethod!);
    }

    /// <summary>The signals of the process are the test run's.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Stopping(TaskCompletionSource stopped) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            stopped.SetResult();
            return Task.CompletedTask;
        }
    }

    private sealed class Hanging(Rebuild rebuild, IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(rebuild.Request);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }

    private sealed class Ending(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
