using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>Finds out how the recipients of a shipment can be reached, now, and keeps it for the saga's choice. Decides nothing.</summary>
public sealed class ResolveRecipientsConsumer(ReadRecipients recipients, RecipientResolver resolver) : IConsumer<ResolveRecipients>
{
    public async Task Consume(ConsumeContext<ResolveRecipients> context)
    {
        var shipmentId = context.Message.ShipmentId;
        if (await recipients.Order(shipmentId, context.CancellationToken) is not { } order)
            return;

        try
        {
            foreach (var statement in StoreRecipients.Statements(shipmentId, await resolver.Find(shipmentId, order, context.CancellationToken)))
                context.Enlist(statement);
            await context.Publish(new RecipientsResolved(shipmentId));
        }
        catch (NeighbourAwayException)
        {
            await context.Publish(new RecipientsUnavailable(shipmentId));
        }
    }
}

public sealed class ResolveRecipientsDefinition() : WorkDefinition<ResolveRecipientsConsumer>(Addresses.RecipientsQueue, atOnce: 32, atHand: 64, usesOutbox: true);
