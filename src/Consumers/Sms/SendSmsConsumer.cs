using MassTransit;
using Notifications.Consumers.HandOff;
using Notifications.Contracts;
using Notifications.Store;

namespace Notifications.Consumers.Sms;

public sealed class SendSmsConsumer(AttemptLedger ledger, ProviderCall call) : IConsumer<SendSms>
{
    public async Task Consume(ConsumeContext<SendSms> context)
    {
        if (await ledger.Claim(Channel.Sms, context.Message.NotificationId) is { } sms)
            await call.Make(sms);
    }
}

/// <summary>The queue's own retries only bridge a moment: a notification that is not handed off is driven again from the database.</summary>
public sealed class SendSmsDefinition : ConsumerDefinition<SendSmsConsumer>
{
    public SendSmsDefinition()
    {
        EndpointName = Addresses.SmsQueue;
        ConcurrentMessageLimit = 64;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SendSmsConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = 128;
        endpointConfigurator.UseMessageRetry(r => r.Intervals(100, 500, 2000, 5000));
    }
}
