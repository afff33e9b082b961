using MassTransit;
using MassTransit.Transports;

namespace Notifications.Durability;

sealed class ScheduledSendPipe<T>(IPipe<SendContext<T>>? pipe, DateTimeOffset dueAt, Guid tokenId) : SendContextPipeAdapter<T>(pipe)
    where T : class
{
    protected override void Send(SendContext<T> context)
    {
        context.GetOrAddPayload(() => new DueTime(dueAt));
        context.ScheduledMessageId = tokenId;
        context.Headers.Set(MessageHeaders.SchedulingTokenId, tokenId.ToString("D"));
    }

    protected override void Send<TMessage>(SendContext<TMessage> context)
    {
    }
}
