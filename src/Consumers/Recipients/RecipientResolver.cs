using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>Puts together what the registers know of a shipment's recipients: addresses, who acts for an organization, and what texts call them.</summary>
public sealed class RecipientResolver(ContactLookup contacts, Representatives representatives, RecipientNames names, ResourceTitles titles)
{
    private static readonly IReadOnlyDictionary<string, string> Unnamed = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Who is ordered twice is looked up, and told, once.</summary>
    public async Task<IReadOnlyList<ResolvedRecipient>> Find(Guid shipmentId, RecipientOrder order, CancellationToken cancellationToken)
    {
        var ordered = order.Recipients.Select((recipient, ordinal) => (Recipient: recipient, Ordinal: ordinal)).DistinctBy(r => r.Recipient).ToArray();
        OrderedRecipient[] once = [.. ordered.Select(r => r.Recipient)];

        var lookup = contacts.Find(once, order.UseStaleContactInformation, cancellationToken);
        var authorized = representatives.Of(once, order.ResourceId, order.ResourceAction, cancellationToken);
        var naming = order.NamesRecipient ? names.Of(once, cancellationToken) : Task.FromResult(Unnamed);
        var about = order.NamesResource ? titles.Of(order.ResourceId!, cancellationToken) : null;
        await Task.WhenAll(lookup, authorized, naming, about ?? Task.CompletedTask);

        var (found, acting, called) = (await lookup, await authorized, await naming);
        var resource = about is null ? null : await about;
        return
        [
            .. from each in ordered
               let own = found.Of(each.Recipient)
               let people = acting[each.Recipient.OrganizationNumber ?? ""]
               from contact in people.Prepend(own).Select((contact, place) => (contact.IsReserved, contact.Emails, contact.Mobiles, contact.Language, Place: place))
               select new ResolvedRecipient
               {
                   ShipmentId = shipmentId,
                   Ordinal = each.Ordinal,
                   Contact = contact.Place,
                   IsReserved = contact.IsReserved,
                   Emails = contact.Emails,
                   Mobiles = contact.Mobiles,
                   Name = called.GetValueOrDefault(each.Recipient.NationalIdentityNumber ?? each.Recipient.OrganizationNumber ?? ""),
                   ResourceName = order.NamesResource ? resource?.TitleIn(contact.Language) ?? ResourceUrn.Id(order.ResourceId!) : null,
                   Language = contact.Language,
               },
        ];
    }
}
