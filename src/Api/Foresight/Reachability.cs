using Notifications.Consumers.Recipients;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Api.Foresight;

/// <summary>Whether recipients can be reached, and over which channels; the addresses are neither told nor kept.</summary>
internal sealed class Reachability(ContactLookup contacts, RecipientSettings settings)
{
    /// <exception cref="NeighbourAwayException">The lookup failed or took too long, so that nothing is known.</exception>
    public async Task<IReadOnlyList<ReachabilityResponse>> Of(IReadOnlyList<ReachabilityRecipient> recipients, CancellationToken cancellationToken)
    {
        var ordered = recipients.Select(r => new OrderedRecipient
        {
            NationalIdentityNumber = r.NationalIdentityNumber,
            OrganizationNumber = r.OrganizationNumber,
            ExternalIdentity = r.ExternalIdentity,
        }).ToArray();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.LookupTimeout);
        try
        {
            var asking = contacts.Find(ordered, useStale: false, limit.Token);
            var stale = await contacts.Find([.. ordered.Where(r => r.NationalIdentityNumber is not null)], useStale: true, limit.Token);
            var fresh = await asking;
            return [.. ordered.Select(recipient => Tell(recipient, fresh.Of(recipient), recipient.NationalIdentityNumber is null ? Contact.None : stale.Of(recipient)))];
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NeighbourAwayException(nameof(Profile), "no answer in time", e);
        }
    }

    /// <summary>Stale is who has an address that was not confirmed for too long, and none over that channel that was.</summary>
    private static ReachabilityResponse Tell(OrderedRecipient recipient, Contact fresh, Contact stale) => new(
        (recipient.NationalIdentityNumber ?? recipient.OrganizationNumber ?? recipient.ExternalIdentity)!, fresh.Emails.Length > 0, fresh.Mobiles.Length > 0, fresh.IsReserved,
        (fresh.Emails.Length == 0 && stale.Emails.Length > 0) || (fresh.Mobiles.Length == 0 && stale.Mobiles.Length > 0));
}
