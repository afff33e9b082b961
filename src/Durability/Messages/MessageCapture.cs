using MassTransit;
using MassTransit.Context;

namespace Notifications.Durability;

/// <summary>Turns a send context into a row: the message is serialised here, once.</summary>
sealed class MessageCapture(TimeProvider clock)
{
    const string DelayProperty = "Delay";

    public StoredMessage Capture<T>(SendContext<T> context)
        where T : class
    {
        var body = context.Serializer.GetMessageBody(context).GetBytes();
        var metadata = new MessageMetadata
        {
            Destination = context.DestinationAddress
                ?? throw new MessageException(typeof(T), "A message in the outbox needs a destination address."),
            ContentType = (context.ContentType ?? context.Serialization.DefaultContentType).ToString(),
            MessageTypes = context.SupportedMessageTypes,
            MessageId = context.MessageId,
            RequestId = context.RequestId,
            CorrelationId = context.CorrelationId,
            ConversationId = context.ConversationId,
            InitiatorId = context.InitiatorId,
            Source = context.SourceAddress,
            Response = context.ResponseAddress,
            Fault = context.FaultAddress,
            ExpiresAt = context.TimeToLive is { } timeToLive ? clock.GetUtcNow() + timeToLive : null,
            Headers = Headers(context),
            Properties = Properties(context),
        };

        return new StoredMessage(Guid.CreateVersion7(), body, metadata);
    }

    /// <summary>A timer, if the message was scheduled or delayed.</summary>
    public StoredTimer? Timer<T>(SendContext<T> context)
        where T : class
    {
        DateTimeOffset due;
        if (context.TryGetPayload<DueTime>(out var dueTime))
            due = dueTime.Of(context, clock);
        else if (context.Delay > TimeSpan.Zero)
            due = clock.GetUtcNow() + context.Delay.Value;
        else
            return null;

        return new StoredTimer(context.ScheduledMessageId ?? NewId.NextGuid(), due, Capture(context));
    }

    static Dictionary<string, object?>? Headers(SendContext context)
    {
        Dictionary<string, object?>? headers = null;
        foreach (var (key, value) in context.Headers.GetAll())
            (headers ??= new(StringComparer.OrdinalIgnoreCase))[key] = Storable(value);

        return headers;
    }

    static Dictionary<string, object?>? Properties<T>(SendContext<T> context)
        where T : class
    {
        if (context is not TransportSendContext<T> transportContext)
            return null;

        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        transportContext.WritePropertiesTo(properties);
        properties.Remove(DelayProperty);
        return properties.Count == 0
            ? null
            : properties.ToDictionary(pair => pair.Key, pair => Storable(pair.Value), StringComparer.OrdinalIgnoreCase);
    }

    static object? Storable(object? value) => value switch
    {
        null or string or bool or byte or int or long or double or decimal or Guid or Uri or DateTime or DateTimeOffset => value,
        short number => (int)number,
        float number => (double)number,
        Enum name => name.ToString(),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        IEnumerable<string> list => string.Join(';', list),
        _ => value.ToString(),
    };
}
