using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Notifications.Tests.Bench.Meters;

/// <summary>Messages per second through one durable queue: published with confirms, consumed and acknowledged at the same time.</summary>
internal sealed class RawBroker(Uri address)
{
    private const string Queue = "raw-limits";
    private const int Window = 128;

    public async Task<double> PublishAndConsume(TimeSpan duration, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false };
        await using var publishing = await factory.CreateConnectionAsync(cancellationToken);
        await using var consuming = await factory.CreateConnectionAsync(cancellationToken);
        await using var publisher = await publishing.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        await using var consumer = await consuming.CreateChannelAsync(cancellationToken: cancellationToken);
        await publisher.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);

        var consumed = 0;
        var listener = new AsyncEventingBasicConsumer(consumer);
        listener.ReceivedAsync += async (_, delivery) =>
        {
            Interlocked.Increment(ref consumed);
            await consumer.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
        };
        await consumer.BasicQosAsync(0, 256, global: false, cancellationToken);
        await consumer.BasicConsumeAsync(Queue, autoAck: false, listener, cancellationToken);

        var watch = Stopwatch.StartNew();
        var published = await Task.WhenAll(Enumerable.Range(0, Window).Select(_ => Publish(publisher, watch, duration, cancellationToken)));
        while (Volatile.Read(ref consumed) < published.Sum() && watch.Elapsed < duration * 3)
            await Task.Delay(5, cancellationToken);
        var perSecond = consumed / watch.Elapsed.TotalSeconds;
        await publisher.QueueDeleteAsync(Queue, cancellationToken: cancellationToken);
        return perSecond;
    }

    private static async Task<int> Publish(IChannel channel, Stopwatch watch, TimeSpan duration, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties { Persistent = true };
        var body = new byte[800];
        var published = 0;
        for (; watch.Elapsed < duration; published++)
            await channel.BasicPublishAsync("", Queue, mandatory: false, properties, body, cancellationToken);
        return published;
    }
}
