using MassTransit;
using Notifications.Consumers.HandOff;
using Notifications.Contracts;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>Hands over an e-mail with the files that were fetched for it, the same ones at every attempt.</summary>
public sealed class SendComposedEmailConsumer(AttachmentFiles files, AttemptLedger ledger, ProviderCall call) : IConsumer<SendComposedEmail>
{
    public async Task Consume(ConsumeContext<SendComposedEmail> context)
    {
        // Before the claim, which is not to be held longer than the call.
        var attachments = await files.Of(context.Message.NotificationId, CancellationToken.None);
        if (attachments.Count == 0 || await ledger.ClaimComposed(context.Message.NotificationId) is not { } email)
            return;

        await call.Make(email with { Attachments = attachments });
    }
}

/// <summary>A few at a time, because each holds its files in memory; ordinary e-mail has a queue of its own and does not wait for these.</summary>
public sealed class SendComposedEmailDefinition() : WorkDefinition<SendComposedEmailConsumer>(Addresses.ComposedEmailQueue, atOnce: 4, atHand: 4, usesOutbox: false);
