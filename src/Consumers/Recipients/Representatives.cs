using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>
/// Those who registered addresses of their own for an organization and may act on the resource that the message is about. Who may not is
/// not told, and that they are there is not kept either.
/// </summary>
public sealed class Representatives(Profile profile, Authorization authorization)
{
    private const string Read = "read";

    /// <summary>The contacts by organization number; nobody when the order names no resource.</summary>
    public async Task<ILookup<string, Contact>> Of(IReadOnlyCollection<OrderedRecipient> recipients, string? resourceId, string? resourceAction, CancellationToken cancellationToken)
    {
        var organizations = ContactLookup.Distinct(recipients, r => r.OrganizationNumber);
        var registered = resourceId is null || organizations.Length == 0 ? [] : await Registered(organizations, ResourceUrn.Id(resourceId), cancellationToken);
        if (registered.Count == 0)
            return registered.ToLookup(r => r.Organization, r => r.Contact, StringComparer.Ordinal);

        var right = new Right(ResourceUrn.Id(resourceId!), string.IsNullOrWhiteSpace(resourceAction) ? Read : resourceAction.Trim());
        var permitted = await authorization.Permitted([.. registered.Select(r => r.Who)], right, cancellationToken);
        return registered.Where(r => permitted.Contains(r.Who)).ToLookup(r => r.Organization, r => r.Contact, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<(string Organization, Representative Who, Contact Contact)>> Registered(
        string[] organizations, string resourceId, CancellationToken cancellationToken) =>
        [
            .. from unit in await profile.Units(organizations, resourceId, cancellationToken)
               where unit.OrganizationNumber is not null
               from user in unit.UserContactPoints ?? []
               where user is not null
               let contact = Contact.Of(isReserved: false, [user.Email], [user.MobileNumber])
               where contact.HasAddress
               select (unit.OrganizationNumber, new Representative(unit.PartyId, user.UserId), contact),
        ];
}
