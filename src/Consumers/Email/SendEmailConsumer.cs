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

public sealed class SendEmailDefinition() : WorkDefinition<SendEmailConsumer>(Addresses.EmailQueue, atOnce: 64, atHand: 128, usesOutbox: false);
