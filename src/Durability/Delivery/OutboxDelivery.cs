using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Notifications.Durability;

/// <summary>
/// Delivers committed messages from memory. What does not fit, waits too long or fails stays in its row, and the sweeper takes it.
/// </summary>
sealed partial class OutboxDelivery : BackgroundService
{
    readonly MessageSender _sender;
    readonly DeliveredRows _delivered;
    readonly PostgresOutboxOptions _options;
    readonly ILogger<OutboxDelivery> _logger;
    readonly Channel<(StoredMessage Message, long Since)> _queue;
    int _failing;

    public OutboxDelivery(MessageSender sender, DeliveredRows delivered, IOptions<PostgresOutboxOptions> options, ILogger<OutboxDelivery> logger)
    {
        _sender = sender;
        _delivered = delivered;
        _options = options.Value;
        _logger = logger;
        _queue = Channel.CreateBounded<(StoredMessage, long)>(new BoundedChannelOptions(_options.DeliveryQueue) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Returns at once.</summary>
    public void Enqueue(IReadOnlyList<StoredMessage> messages)
    {
        var now = TimeProvider.System.GetTimestamp();
        foreach (var message in messages)
        {
            if (!_queue.Writer.TryWrite((message, now)))
                return;
        }
    }

    /// <summary>Completes when the queue is less than half full.</summary>
    public async Task Room(CancellationToken ct)
    {
        while (_queue.Reader.Count > _options.DeliveryQueue / 2)
            await Task.Delay(TimeSpan.FromMilliseconds(10), ct);
    }

    /// <summary>Completes when the broker has confirmed every message, or they are left to the sweeper.</summary>
    public Task Deliver(IReadOnlyList<StoredMessage> messages, CancellationToken ct) => messages.Count switch
    {
        0 => Task.CompletedTask,
        1 => Deliver(messages[0], ct),
        _ => Task.WhenAll(messages.Select(message => Deliver(message, ct))),
    };

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, _options.DeliveryConcurrency).Select(_ => Work(stoppingToken)));

    async Task Work(CancellationToken ct)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(ct))
            {
                while (_queue.Reader.TryRead(out var waiting))
                {
                    if (TimeProvider.System.GetElapsedTime(waiting.Since) < _options.SweepAfter - _options.DeliveryTimeout)
                        await Deliver(waiting.Message, ct);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The rows are the sweeper's now.
        }
    }

    async Task Deliver(StoredMessage message, CancellationToken ct)
    {
        try
        {
            await _sender.Send(message, ct);
            _delivered.Add(message.Id);
            if (Interlocked.Exchange(ref _failing, 0) == 1)
                LogRecovered(_logger);
        }
        catch (Exception exception)
        {
            if (Interlocked.Exchange(ref _failing, 1) == 0)
                LogFailed(_logger, message.Metadata.Destination, Reason.Of(exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message to {Destination} was not delivered at once; its row waits for the sweeper ({Reason})")]
    static partial void LogFailed(ILogger logger, Uri destination, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages are delivered at once again")]
    static partial void LogRecovered(ILogger logger);
}
