using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>Whom one shipment is for, and over which channels.</summary>
public sealed record SoughtRecipients(ChannelSchema ChannelSchema, IReadOnlyList<OrderedRecipient> Recipients, string? ResourceId = null, bool UseStale = false, bool IgnoreReservation = false);

public enum RecipientLookupStatus
{
    Success,
    PartialSuccess,
    Failed,
}

/// <summary>What could be found of the recipients that had to be looked up.</summary>
/// <param name="Status">Whether all, some or none of them can be reached. Nobody can be reached who is reserved, unless the order ignores that.</param>
/// <param name="IsReserved">The national identity numbers of who is reserved.</param>
/// <param name="MissingContact">The identities of who has no address that the order could use.</param>
public sealed record RecipientLookup(RecipientLookupStatus Status, IReadOnlyList<string> IsReserved, IReadOnlyList<string> MissingContact);

/// <summary>
/// Tells while an order is registered whom it cannot reach. All shipments of the order are one lookup; those that name addresses only
/// cost nothing. What is found is told and forgotten: the addresses are looked up anew when a shipment is due.
/// </summary>
public sealed class RegistrationLookup(ContactLookup contacts, Profile profile, RecipientSettings settings)
{
    /// <summary>Null when nobody had to be looked up.</summary>
    /// <exception cref="NeighbourAwayException">The lookup failed or took too long, so that nothing is known.</exception>
    public async Task<RecipientLookup?> Find(IReadOnlyList<SoughtRecipients> shipments, CancellationToken cancellationToken)
    {
        var identified = shipments.SelectMany(s => s.Recipients.Where(r => r.IsIdentified).Select(r => (Shipment: s, Recipient: r))).ToArray();
        if (identified.Length == 0)
            return null;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.LookupTimeout);
        try
        {
            return await Find(identified, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NeighbourAwayException(nameof(Profile), "no answer in time", e);
        }
    }

    private async Task<RecipientLookup> Find((SoughtRecipients Shipment, OrderedRecipient Recipient)[] identified, CancellationToken cancellationToken)
    {
        var fresh = contacts.Find([.. identified.Where(i => !i.Shipment.UseStale).Select(i => i.Recipient)], useStale: false, cancellationToken);
        var stale = contacts.Find([.. identified.Where(i => i.Shipment.UseStale).Select(i => i.Recipient)], useStale: true, cancellationToken);
        var units = Units(identified, cancellationToken);
        await Task.WhenAll(fresh, stale, units);

        var reserved = new List<string>();
        var missing = new List<string>();
        var reached = 0;
        foreach (var (shipment, recipient) in identified)
        {
            var contact = (shipment.UseStale ? await stale : await fresh).Of(recipient);
            if (contact.IsReserved)
                reserved.Add(recipient.NationalIdentityNumber!);
            if (contact.IsReserved && !shipment.IgnoreReservation)
                continue;
            if (CanBeReached(contact, shipment.ChannelSchema) || (await units)[(shipment.ResourceId, recipient.OrganizationNumber)].Any(c => CanBeReached(c, shipment.ChannelSchema)))
                reached++;
            else
                missing.Add((recipient.NationalIdentityNumber ?? recipient.OrganizationNumber ?? recipient.ExternalIdentity)!);
        }
        return new RecipientLookup(Status(reached, identified.Length), Once(reserved), Once(missing));
    }

    /// <summary>Somebody who registered for the organization may turn out not to be allowed to know, but whether they are is asked when the shipment is due.</summary>
    private async Task<ILookup<(string? ResourceId, string? OrganizationNumber), Contact>> Units((SoughtRecipients Shipment, OrderedRecipient Recipient)[] identified, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(identified
            .Where(i => i is { Shipment.ResourceId: not null, Recipient.OrganizationNumber: not null })
            .GroupBy(i => i.Shipment.ResourceId!, i => i.Recipient, StringComparer.Ordinal)
            .Select(async resource => (
                Resource: resource.Key,
                Units: await profile.Units(ContactLookup.Distinct(resource, r => r.OrganizationNumber), ResourceUrn.Id(resource.Key), cancellationToken))));
        IEnumerable<((string?, string?) Named, Contact Contact)> people =
            from resource in found
            from unit in resource.Units
            from user in unit.UserContactPoints ?? []
            where user is not null
            select ((resource.Resource, unit.OrganizationNumber), Contact.Of(isReserved: false, [user.Email], [user.MobileNumber]));
        return people.ToLookup(p => p.Named, p => p.Contact);
    }

    private static bool CanBeReached(Contact contact, ChannelSchema schema) => schema switch
    {
        ChannelSchema.Email => contact.Emails.Length > 0,
        ChannelSchema.Sms => contact.Mobiles.Length > 0,
        _ => contact.HasAddress,
    };

    private static RecipientLookupStatus Status(int reached, int all) =>
        reached == all ? RecipientLookupStatus.Success : reached == 0 ? RecipientLookupStatus.Failed : RecipientLookupStatus.PartialSuccess;

    private static string[] Once(List<string> identities) => [.. identities.Distinct(StringComparer.Ordinal)];
}
