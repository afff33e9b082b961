using MassTransit;
using Notifications.Durability;

namespace Notifications.Consumers;

/// <summary>How a queue of work is consumed. Its own retries only bridge a moment: what is not done is driven again from the database.</summary>
public abstract class WorkDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private readonly int _atHand;
    private readonly bool _usesOutbox;

    /// <param name="queue">Its name.</param>
    /// <param name="atOnce">How many messages are worked on at the same time.</param>
    /// <param name="atHand">How many are taken from the queue.</param>
    /// <param name="usesOutbox">For a consumer that says something or writes: all of it in one commit.</param>
    protected WorkDefinition(string queue, int atOnce, int atHand, bool usesOutbox)
    {
        EndpointName = queue;
        ConcurrentMessageLimit = atOnce;
        _atHand = atHand;
        _usesOutbox = usesOutbox;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _atHand;
        endpointConfigurator.UseMessageRetry(r => r.Intervals(100, 500, 2000, 5000));
        if (_usesOutbox)
            endpointConfigurator.UsePostgresOutbox(context);
    }
}
