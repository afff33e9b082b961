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

public sealed class SendSmsDefinition() : WorkDefinition<SendSmsConsumer>(Addresses.SmsQueue, atOnce: 64, atHand: 128, usesOutbox: false);
