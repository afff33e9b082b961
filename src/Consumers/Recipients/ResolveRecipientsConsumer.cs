using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>Finds out how the recipients of a shipment can be reached, now, and keeps it for the saga's choice. Decides nothing.</summary>
public sealed class ResolveRecipientsConsumer(ReadRecipients recipients, ContactLookup contacts, Representatives representatives, RecipientNames names) : IConsumer<ResolveRecipients>
{
    private static readonly IReadOnlyDictionary<string, string> Nobody = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task Consume(ConsumeContext<ResolveRecipients> context)
    {
        var shipmentId = context.Message.ShipmentId;
        if (await recipients.Order(shipmentId, context.CancellationToken) is not { } order)
            return;

        try
        {
            foreach (var statement in StoreRecipients.Statements(shipmentId, await Find(shipmentId, order, context.CancellationToken)))
                context.Enlist(statement);
            await context.Publish(new RecipientsResolved(shipmentId));
        }
        catch (NeighbourAwayException)
        {
            await context.Publish(new RecipientsUnavailable(shipmentId));
        }
    }

    /// <summary>Who is ordered twice is looked up, and told, once.</summary>
    private async Task<IReadOnlyList<ResolvedRecipient>> Find(Guid shipmentId, RecipientOrder order, CancellationToken cancellationToken)
    {
        var ordered = order.Recipients.Select((recipient, ordinal) => (Recipient: recipient, Ordinal: ordinal)).DistinctBy(r => r.Recipient).ToArray();
        OrderedRecipient[] once = [.. ordered.Select(r => r.Recipient)];

        var lookup = contacts.Find(once, order.UseStaleContactInformation, cancellationToken);
        var authorized = representatives.Of(once, order.ResourceId, order.ResourceAction, cancellationToken);
        var naming = order.NamesRecipient ? names.Of(once, cancellationToken) : Task.FromResult(Nobody);
        await Task.WhenAll(lookup, authorized, naming);

        var (found, acting, called) = (await lookup, await authorized, await naming);
        return
        [
            .. from each in ordered
               let own = found.Of(each.Recipient)
               let people = acting[each.Recipient.OrganizationNumber ?? ""]
               from contact in people.Prepend(own).Select((contact, place) => (contact.IsReserved, contact.Emails, contact.Mobiles, Place: place))
               select new ResolvedRecipient
               {
                   ShipmentId = shipmentId,
                   Ordinal = each.Ordinal,
                   Contact = contact.Place,
                   IsReserved = contact.IsReserved,
                   Emails = contact.Emails,
                   Mobiles = contact.Mobiles,
                   Name = called.GetValueOrDefault(each.Recipient.NationalIdentityNumber ?? each.Recipient.OrganizationNumber ?? ""),
               },
        ];
    }
}

public sealed class ResolveRecipientsDefinition : ConsumerDefinition<ResolveRecipientsConsumer>
{
    public ResolveRecipientsDefinition()
    {
        EndpointName = Addresses.RecipientsQueue;
        ConcurrentMessageLimit = 32;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ResolveRecipientsConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = 64;
        endpointConfigurator.UseMessageRetry(r => r.Intervals(100, 500, 2000, 5000));
        endpointConfigurator.UsePostgresOutbox(context);
    }
}
