using MassTransit;
using Notifications.Consumers.HandOff;
using Notifications.Contracts;
using Notifications.Store;

namespace Notifications.Consumers.Email;

public sealed class SendEmailConsumer(AttemptLedger ledger, ProviderCall call) : IConsumer<SendEmail>
{
    public async Task Consume(ConsumeContext<SendEmail> context)
    {
        if (await ledger.Claim(Channel.Email, context.Message.NotificationId) is { } email)
            await call.Make(email);
    }
}

/// <summary>The queue's own retries only bridge a moment: a notification that is not handed off is driven again from the database.</summary>
public sealed class SendEmailDefinition : ConsumerDefinition<SendEmailConsumer>
{
    public SendEmailDefinition()
    {
        EndpointName = Addresses.EmailQueue;
        ConcurrentMessageLimit = 64;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SendEmailConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = 128;
        endpointConfigurator.UseMessageRetry(r => r.Intervals(100, 500, 2000, 5000));
    }
}
