using MassTransit;
using Notifications.Consumers.HandOff;
using Notifications.Contracts;

namespace Notifications.Tests.DurabilityContract.Channels.Mailbox;

public sealed class SendToMailboxConsumer(AttemptLedger ledger, ProviderCall call) : IConsumer<SendOverChannel>
{
    public async Task Consume(ConsumeContext<SendOverChannel> context)
    {
        if (await ledger.Claim(MailboxChannel.Channel, context.Message.NotificationId) is { } message)
            await call.Make(message);
    }
}

public sealed class SendToMailboxDefinition : ConsumerDefinition<SendToMailboxConsumer>
{
    public SendToMailboxDefinition() => EndpointName = Addresses.QueueOf(MailboxChannel.Channel.Name);
}
