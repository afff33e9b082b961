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
        using var keeper = new EndpointKeeper(BusWithAnEndpointThatHangs(), new BrokerConnections(), settings, rebuild, NullLogger<EndpointKeeper>.Instance);

        await keeper.StartAsync(CancellationToken.None);
        await stopping.Task.WaitAsync(Patience);
        await keeper.StopAsync(CancellationToken.None);

        rebuild.IsWanted.ShouldBeTrue();
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
