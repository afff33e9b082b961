using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Notifications.Hosting.Settings;

namespace Notifications.Hosting;

/// <summary>
/// Starts receive endpoints anew that do not recover soon after the broker is back. MassTransit reconnects them by itself, but ever more
/// slowly (up to a minute), and one whose reconnection is cancelled half-way stays away for good. Nothing is lost by it: what was not
/// acknowledged comes again.
/// </summary>
internal sealed partial class EndpointKeeper(IBusControl bus, NotificationsSettings settings, Rebuild rebuild, ILogger<EndpointKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>So many glances in a row that find the broker there and the endpoint unwell.</summary>
    private const int Enough = 4;

    /// <summary>An endpoint that was started anew so often hangs on a connection that is beyond mending.</summary>
    private const int Hopeless = 3 * Enough;

    private readonly Dictionary<string, int> _unwell = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Broker is not { } broker)
            return;

        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Glance, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var unwell = bus.CheckHealth().Endpoints.Where(e => e.Value.Status != BusHealthStatus.Healthy).ToArray();
            if (unwell.Length == 0 || !await BrokerProbe.Answers(broker, stoppingToken))
                _unwell.Clear();
            else if (_unwell.Values.Any(glances => glances >= Hopeless))
                GiveUp();
            else
                await Task.WhenAll(unwell.Where(e => IsEnough(e.Key)).Select(e => StartAnew(e.Key, e.Value.ReceiveEndpoint)));
        }
    }

    private bool IsEnough(string endpoint)
    {
        _unwell[endpoint] = _unwell.GetValueOrDefault(endpoint) + 1;
        return _unwell[endpoint] % Enough == 0;
    }

    private void GiveUp()
    {
        _unwell.Clear();
        BuiltAnew(logger);
        rebuild.Request();
    }

    private async Task StartAnew(string name, IReceiveEndpoint endpoint)
    {
        try
        {
            using var patience = new CancellationTokenSource(StopPatience);
            await endpoint.Stop(patience.Token);
            endpoint.Start(CancellationToken.None);
            StartedAnew(logger, name);
        }
        catch (Exception e)
        {
            NotStarted(logger, name, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker answers and {Endpoint} has not recovered; it is started anew.")]
    private static partial void StartedAnew(ILogger logger, string endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to the broker is beyond mending; the host is built anew.")]
    private static partial void BuiltAnew(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} could not be started anew ({Reason}).")]
    private static partial void NotStarted(ILogger logger, string endpoint, string reason);
}
