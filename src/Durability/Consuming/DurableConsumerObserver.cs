using System.Security.Cryptography;
using System.Text;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using MassTransit.Transports;

namespace Notifications.Durability;

/// <summary>Puts the filter in front of every consumer and saga of an endpoint.</summary>
sealed class DurableConsumerObserver(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    : IConsumerConfigurationObserver, ISagaConfigurationObserver
{
    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator)
        where TConsumer : class
    {
    }

    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class
        => AddFilter<TConsumer, TMessage>(configurator as IConsumerMessageConfigurator<TMessage>, loadsSaga: false);

    public void SagaConfigured<TSaga>(ISagaConfigurator<TSaga> configurator)
        where TSaga : class, ISaga
    {
    }

    public void StateMachineSagaConfigured<TInstance>(ISagaConfigurator<TInstance> configurator, SagaStateMachine<TInstance> stateMachine)
        where TInstance : class, ISaga, SagaStateMachineInstance
    {
    }

    public void SagaMessageConfigured<TSaga, TMessage>(ISagaMessageConfigurator<TSaga, TMessage> configurator)
        where TSaga : class, ISaga
        where TMessage : class
        => AddFilter<TSaga, TMessage>(configurator as ISagaMessageConfigurator<TMessage>, loadsSaga: true);

    void AddFilter<TConsumer, TMessage>(IPipeConfigurator<ConsumeContext<TMessage>>? configurator, bool loadsSaga)
        where TConsumer : class
        where TMessage : class
    {
        if (configurator is null)
            throw new ConfigurationException($"The outbox cannot be added to {TypeCache<TConsumer>.ShortName} of {TypeCache<TMessage>.ShortName}.");

        var options = new OutboxConsumeOptions
        {
            ConsumerId = ConsumerId(endpoint.InputAddress.GetEndpointName() ?? "", typeof(TConsumer), typeof(TMessage)),
            ConsumerType = TypeCache<TConsumer>.ShortName,
        };
        var scopes = new ConsumeScopeProvider(context, context as ISetScopedConsumeContext ?? throw new ConfigurationException("The registration context is not that of a bus."));
        configurator.AddPipeSpecification(new FilterPipeSpecification<ConsumeContext<TMessage>>(
            new DurableConsumeFilter<TMessage>(scopes, context, options, loadsSaga)));
    }

    /// <summary>The same on every host and in every version, as long as the names stay.</summary>
    static Guid ConsumerId(string endpointName, Type consumer, Type message)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpointName}\n{consumer.FullName}\n{message.FullName}"));
        return new Guid(hash.AsSpan(0, 16));
    }
}
