using MassTransit;
using MassTransit.Transports;

namespace Notifications.Durability;

/// <summary>Captures messages outside consumers, with everything the bus would have put on them.</summary>
sealed class MessageWriter(IBus bus, MessageCapture capture)
{
    public async Task Publish<T>(Writes writes, T message, CancellationToken ct)
        where T : class
        => writes.Messages.Add(capture.Capture(await Context(await bus.GetPublishSendEndpoint<T>(), message, ConversationPipe<T>(), ct)));

    public async Task Send<T>(Writes writes, Uri address, T message, CancellationToken ct)
        where T : class
        => writes.Messages.Add(capture.Capture(await Context(await bus.GetSendEndpoint(address), message, ConversationPipe<T>(), ct)));

    public async Task SchedulePublish<T>(Writes writes, DateTimeOffset dueAt, Guid tokenId, T message, CancellationToken ct)
        where T : class
    {
        var pipe = new ScheduledSendPipe<T>(ConversationPipe<T>(), dueAt, tokenId);
        var context = await Context(await bus.GetPublishSendEndpoint<T>(), message, pipe, ct);
        writes.Timers.Add(capture.Timer(context)!);
    }

    static IPipe<SendContext<T>> ConversationPipe<T>()
        where T : class
        => Pipe.Execute<SendContext<T>>(context => context.ConversationId ??= NewId.NextGuid());

    static Task<SendContext<T>> Context<T>(ISendEndpoint endpoint, T message, IPipe<SendContext<T>> pipe, CancellationToken ct)
        where T : class
        => endpoint is ITransportSendEndpoint transport
            ? transport.CreateSendContext(message, pipe, ct)
            : throw new InvalidOperationException($"{endpoint.GetType().Name} cannot be captured from.");
}
