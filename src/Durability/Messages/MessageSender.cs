using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;
using Microsoft.Extensions.Options;

namespace Notifications.Durability;

/// <summary>Puts a stored message on the bus, byte for byte as it was captured, and waits for the broker's confirm.</summary>
sealed class MessageSender(IBus bus, TimeProvider clock, DeliveryRecord record, IOptions<PostgresOutboxOptions> options) : IDisposable
{
    /// <summary>Enough to keep a broker busy, and few enough that the loss of a connection leaves its client little to untangle.</summary>
    const int InFlight = 64;

    readonly SemaphoreSlim _room = new(InFlight);
    readonly SharedTimeout _timeout = new(options.Value.DeliveryTimeout, TimeProvider.System);

    /// <summary>
    /// Ends in time; the send itself goes on. Cancelling a publish or a declaration half-way leaves the client's channel waiting for an
    /// answer that belongs to somebody else. What is sent twice by it, the inbox takes once.
    /// </summary>
    /// <param name="ct">Keeps a send from beginning; one that has begun is waited for, in time.</param>
    public async Task Send(StoredMessage message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (message.Metadata.ExpiresAt <= clock.GetUtcNow())
            return;

        var began = TimeProvider.System.GetTimestamp();
        var inTime = _timeout.Token;
        try
        {
            await SendInTurn(message, inTime);
            record.Answer(TimeProvider.System.GetTimestamp());
        }
        catch (OperationCanceledException) when (inTime.IsCancellationRequested)
        {
            record.NoAnswer(began);
            throw;
        }
    }

    async Task SendInTurn(StoredMessage message, CancellationToken inTime)
    {
        await _room.WaitAsync(inTime);
        try
        {
            await SendNow(message).WaitAsync(inTime);
        }
        finally
        {
            _room.Release();
        }
    }

    async Task SendNow(StoredMessage message)
    {
        var endpoint = await bus.GetSendEndpoint(AtThisBroker(message.Metadata.Destination));
        await endpoint.Send(new SerializedMessageBody(), new StoredMessagePipe(message, clock, options.Value.Mandatory));
    }

    public void Dispose() => _room.Dispose();

    /// <summary>The row may have been written by a host that knows the broker under another name.</summary>
    Uri AtThisBroker(Uri destination)
    {
        if (string.Equals(destination.Authority, bus.Address.Authority, StringComparison.OrdinalIgnoreCase)
            || !string.Equals(destination.Scheme, bus.Address.Scheme, StringComparison.OrdinalIgnoreCase))
            return destination;

        return new Uri($"exchange:{destination.Segments[^1]}{destination.Query}");
    }

    sealed class StoredMessagePipe(StoredMessage message, TimeProvider clock, bool mandatory) : IPipe<SendContext>
    {
        public Task Send(SendContext context)
        {
            var metadata = message.Metadata;
            context.MessageId = metadata.MessageId;
            context.RequestId = metadata.RequestId;
            context.CorrelationId = metadata.CorrelationId;
            context.ConversationId = metadata.ConversationId;
            context.InitiatorId = metadata.InitiatorId;
            context.SourceAddress = metadata.Source;
            context.ResponseAddress = metadata.Response;
            context.FaultAddress = metadata.Fault;
            context.SupportedMessageTypes = metadata.MessageTypes;
            if (metadata.ExpiresAt is { } expiresAt)
                context.TimeToLive = expiresAt - clock.GetUtcNow();

            foreach (var (key, value) in metadata.Headers ?? [])
                context.Headers.Set(key, Plain(value));

            if (context is TransportSendContext transportContext)
            {
                if (metadata.Properties is { } properties)
                {
                    transportContext.ReadPropertiesFrom(
                        properties.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)!, StringComparer.OrdinalIgnoreCase));
                }

                transportContext.Mandatory |= mandatory;
            }

            context.Serializer = new StoredMessageSerializer(metadata.ContentType, message.Body);
            return Task.CompletedTask;
        }

        public void Probe(ProbeContext context)
        {
        }

        static object? Plain(object? value) => value is JsonElement element
            ? element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number => element.TryGetInt64(out var number) ? number : element.GetDouble(),
                JsonValueKind.Null => null,
                _ => element.GetRawText(),
            }
            : value;
    }

    sealed class StoredMessageSerializer(string contentType, byte[] body) : IMessageSerializer
    {
        public ContentType ContentType { get; } = new(contentType);

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class
            => new BytesMessageBody(body);
    }
}
