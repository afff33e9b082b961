using System.Diagnostics.CodeAnalysis;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;

namespace Notifications.Durability;

/// <summary>
/// What a consumer or saga sees: everything it sends goes to the step, and its outcome is told to the transport only when the step has ended,
/// because a step may be run more than once.
/// </summary>
sealed class DurableConsumeContext<TMessage>(
    ConsumeContext<TMessage> context, OutboxConsumeOptions options, IServiceProvider provider, Step step, MessageCapture capture)
    : OutboxConsumeContextProxy<TMessage>(context, options, provider), IUnitOfWork
    where TMessage : class
{
    readonly ConsumeContext<TMessage> _context = context;
    Func<Task>? _consumed;
    Func<Task>? _faulted;

    public override bool ContinueProcessing { get; set; } = true;
    public override bool IsMessageConsumed => false;
    public override bool IsOutboxDelivered => false;
    public override int ReceiveCount => 1;
    public override long? LastSequenceNumber => null;

    public void Enlist(Statement statement) => step.Enlist(statement);

    public override Task AddSend<T>(SendContext<T> context)
    {
        if (capture.Timer(context) is { } timer)
            step.Add(timer);
        else
            step.Add(capture.Capture(context));

        return Task.CompletedTask;
    }

    public Task Succeeded() => _consumed?.Invoke() ?? Task.CompletedTask;

    public Task Failed(TimeSpan duration, Exception exception)
        => _faulted?.Invoke() ?? _context.NotifyFaulted(duration, Options.ConsumerType, exception);

    public override Task NotifyConsumed<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
    {
        _consumed = () => _context.NotifyConsumed(duration, consumerType);
        return Task.CompletedTask;
    }

    public override Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
    {
        _faulted = () => _context.NotifyFaulted(duration, consumerType, exception);
        return Task.CompletedTask;
    }

    public override bool HasPayloadType(Type payloadType) => payloadType == typeof(Step) || base.HasPayloadType(payloadType);

    public override bool TryGetPayload<T>([NotNullWhen(true)] out T payload)
    {
        if (step is T found)
        {
            payload = found;
            return true;
        }

        return base.TryGetPayload(out payload!);
    }

    public override Task SetConsumed() => Task.CompletedTask;
    public override Task SetDelivered() => Task.CompletedTask;
    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);
    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;
    public override Task RemoveOutboxMessages() => Task.CompletedTask;
}
