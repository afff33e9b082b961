using MassTransit;
using Notifications.Contracts;
using Notifications.Store;

namespace Notifications.Consumers.Attachments;

/// <summary>Fetches what goes with an e-mail and keeps it, file by file: what was fetched once is not fetched again. Decides nothing.</summary>
public sealed partial class FetchAttachmentsConsumer(
    AttachmentFiles files, BlobStorage storage, VirusScanner scanner, AttachmentSettings settings, ILogger<FetchAttachmentsConsumer> logger) : IConsumer<FetchAttachments>
{
    public async Task Consume(ConsumeContext<FetchAttachments> context)
    {
        var shipmentId = context.Message.ShipmentId;
        var attachments = await files.ToFetch(shipmentId, context.CancellationToken);
        if (attachments.Count == 0)
            return;

        var left = settings.LargestTotal - attachments.Sum(a => a.Size);
        foreach (var attachment in attachments.Where(a => a.Address is not null))
        {
            var fetched = await scanner.Scan(await storage.Fetch(attachment, left, context.CancellationToken), context.CancellationToken);
            if (fetched.Content is not { } content)
            {
                CannotBeHad(logger, attachment.Ordinal, shipmentId, fetched.Reason);
                if (fetched.Failure is not { } failure)
                {
                    await context.Publish(new AttachmentsUnavailable(shipmentId));
                    return;
                }
                await files.Fail(shipmentId, attachment.Ordinal, failure, context.CancellationToken);
                await context.Publish(new AttachmentsRefused(shipmentId));
                return;
            }
            await files.Keep(shipmentId, attachment.Ordinal, content, context.CancellationToken);
            left -= content.Length;
        }
        await context.Publish(new AttachmentsFetched(shipmentId));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attachment {Ordinal} of shipment {ShipmentId} cannot be had: {Reason}.")]
    private static partial void CannotBeHad(ILogger logger, int ordinal, Guid shipmentId, string reason);
}

/// <summary>A few at a time, because each holds a file in memory.</summary>
public sealed class FetchAttachmentsDefinition() : WorkDefinition<FetchAttachmentsConsumer>(Addresses.AttachmentsQueue, atOnce: 8, atHand: 8, usesOutbox: true);
