using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting.Health;

namespace Notifications.Consumers;

/// <summary>Sends one message without a meaning through each of the worker's queues and sees it consumed.</summary>
internal sealed class WorkerWarmUp(IBusControl bus, IUnitOfWorkFactory work) : IWarmUp, IReceiveObserver
{
    private const int Rounds = 20;

    /// <summary>Another worker on the same queues may take some of the messages.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private int _left = 5 * Rounds;
    private readonly TaskCompletionSource _consumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Warm(CancellationToken cancellationToken)
    {
        // A message that comes before its queue is returned, and waits for the sweeper.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, cancellationToken);
        using var observing = bus.ConnectReceiveObserver(this);
        for (var round = 0; round < Rounds; round++)
        {
            await ThroughTheOutbox(new ShipmentStoodStill(Guid.Empty), cancellationToken);
            await (await bus.GetSendEndpoint(Addresses.Conditions)).Send(new CheckCondition(Guid.Empty), cancellationToken);
            await (await bus.GetSendEndpoint(Addresses.Recipients)).Send(new ResolveRecipients(Guid.Empty), cancellationToken);
            await (await bus.GetSendEndpoint(Addresses.Email)).Send(new SendEmail(Guid.Empty), cancellationToken);
            await (await bus.GetSendEndpoint(Addresses.Sms)).Send(new SendSms(Guid.Empty), cancellationToken);
        }
        await Task.WhenAny(_consumed.Task, Task.Delay(Patience, cancellationToken));
    }

    private async Task ThroughTheOutbox(ShipmentStoodStill message, CancellationToken cancellationToken)
    {
        var telling = work.Begin();
        await telling.Publish(message, cancellationToken);
        await telling.Commit(cancellationToken);
    }

    public Task PostReceive(ReceiveContext context)
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _consumed.TrySetResult();
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
