using MassTransit;
using MassTransit.Scheduling;
using MassTransit.Transports;
using Npgsql;

namespace Notifications.Durability;

/// <summary>
/// Scheduled messages as rows. Inside a step, scheduling and cancelling are part of its commit; outside, each is a statement of its own.
/// </summary>
sealed class PostgresScheduleMessageProvider(ISendEndpointProvider endpoints, PipeContext? context, TimerStore store) : IScheduleMessageProvider
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var dueAt = new DateTimeOffset(scheduledTime.Kind == DateTimeKind.Local
            ? scheduledTime.ToUniversalTime()
            : DateTime.SpecifyKind(scheduledTime, DateTimeKind.Utc));
        var tokenId = ScheduleTokenIdCache<T>.GetTokenId(message);
        var scheduled = new ScheduledSendPipe<T>(pipe, dueAt, tokenId);
        var endpoint = await endpoints.GetSendEndpoint(destinationAddress);

        if (OpenStep() is not null)
            await endpoint.Send(message, scheduled, cancellationToken);
        else
            await store.Insert(await SendContextOf(endpoint, message, scheduled, cancellationToken), cancellationToken);

        return new ScheduledMessageHandle<T>(tokenId, dueAt.UtcDateTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        if (OpenStep() is not { } step)
            return store.Delete(tokenId, cancellationToken);

        step.Cancel(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken)
        => CancelScheduledSend(tokenId, cancellationToken);

    // After a step has failed, a redelivery is scheduled with the same context; its commit will not come.
    Step? OpenStep() => context is not null && context.TryGetPayload<Step>(out var step) && !step.IsClosed ? step : null;

    static Task<SendContext<T>> SendContextOf<T>(ISendEndpoint endpoint, T message, IPipe<SendContext<T>> pipe, CancellationToken ct)
        where T : class
        => endpoint is ITransportSendEndpoint transport
            ? transport.CreateSendContext(message, pipe, ct)
            : throw new InvalidOperationException($"{endpoint.GetType().Name} cannot be scheduled to.");
}
