using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Notifications.Durability;
using Notifications.Hosting.Settings;

namespace Notifications.Hosting;

/// <summary>
/// Starts receive endpoints anew that do not recover soon after the broker is back. MassTransit reconnects them by itself, but ever more
/// slowly (up to a minute), and one whose reconnection is cancelled half-way stays away for good. Nothing is lost by it: what was not
/// acknowledged comes again. One that hangs on a connection that is gone cannot even be stopped; then the host is built anew, as where
/// nothing says that the connection is gone and nothing that is sent on it is answered.
/// </summary>
internal sealed partial class EndpointKeeper(
    IBusControl bus, BrokerConnections connections, DeliveryRecord deliveries, NotificationsSettings settings, Rebuild rebuild, ILogger<EndpointKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    /// <summary>So many glances in a row that find the broker there and the endpoint unwell.</summary>
    private const int Enough = 4;

    /// <summary>An endpoint that was started anew and is still unwell hangs on a connection that is beyond mending.</summary>
    private const int Hopeless = 2 * Enough;

    /// <summary>How long after the broker is back sending may still go unanswered.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(8);

    private readonly Dictionary<Uri, int> _unwell = [];

    private bool _isAway;

    /// <summary>Null while the broker was never away: one that takes nothing for want of memory is not mended by another connection.</summary>
    private long? _backSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Broker is not { } broker)
            return;

        while (!rebuild.IsWanted && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Glance, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!await BrokerProbe.Answers(broker, stoppingToken))
            {
                _isAway = true;
                _unwell.Clear();
                continue;
            }

            if (IsMute())
                BuildAnew();
            var unwell = bus.CheckHealth().Endpoints.Values.Where(e => !SaysItIsWell(e) || connections.LeftBehind(e.InputAddress)).ToArray();
            if (unwell.Length > 0)
                await Mend([.. unwell.Where(e => IsEnough(e.InputAddress))]);
            else
                _unwell.Clear();
        }
    }

    /// <summary>Whether the broker has been away and is back, and does not answer this host.</summary>
    private bool IsMute()
    {
        if (_isAway)
            (_isAway, _backSince) = (false, TimeProvider.System.GetTimestamp());
        return _backSince is { } back && deliveries.IsUnansweredSince(back + (long)(Settling.TotalSeconds * TimeProvider.System.TimestampFrequency));
    }

    private static bool SaysItIsWell(EndpointHealthResult endpoint) => endpoint.Status == BusHealthStatus.Healthy;

    private bool IsEnough(Uri endpoint)
    {
        _unwell[endpoint] = _unwell.GetValueOrDefault(endpoint) + 1;
        return _unwell[endpoint] % Enough == 0;
    }

    private async Task Mend(IReadOnlyCollection<EndpointHealthResult> endpoints)
    {
        if (endpoints.Any(e => SaysItIsWell(e) || _unwell[e.InputAddress] == Hopeless) || !await AllStartAnew(endpoints))
            BuildAnew();
    }

    private void BuildAnew()
    {
        BuiltAnew(logger);
        rebuild.Request();
    }

    private async Task<bool> AllStartAnew(IEnumerable<EndpointHealthResult> endpoints) =>
        Array.TrueForAll(await Task.WhenAll(endpoints.Select(e => StartAnew(e.ReceiveEndpoint))), started => started);

    private async Task<bool> StartAnew(IReceiveEndpoint endpoint)
    {
        try
        {
            using var patience = new CancellationTokenSource(StopPatience);
            // MassTransit itself may wait for what hangs, whatever its token says.
            await endpoint.Stop(patience.Token).WaitAsync(patience.Token);
            endpoint.Start(CancellationToken.None);
            StartedAnew(logger, endpoint.InputAddress);
            return true;
        }
        catch (Exception e)
        {
            NotStarted(logger, endpoint.InputAddress, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker answers and {Endpoint} has not recovered; it is started anew.")]
    private static partial void StartedAnew(ILogger logger, Uri endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to the broker is beyond mending; the host is built anew.")]
    private static partial void BuiltAnew(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} could not be started anew ({Reason}).")]
    private static partial void NotStarted(ILogger logger, Uri endpoint, string reason);
}
