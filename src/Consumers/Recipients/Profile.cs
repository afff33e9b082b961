using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Recipients;

/// <summary>How a person can be reached, by the contact and reservation register; which language they read, where Profile says that.</summary>
public sealed record PersonContact(string? NationalIdentityNumber, bool IsReserved, string? MobileNumber, string? Email, string? Language);

/// <summary>The official addresses of an organization; a unit without a record of its own has its main unit's.</summary>
public sealed record OrganizationContact(string? OrganizationNumber, IReadOnlyList<string?>? MobileNumberList, IReadOnlyList<string?>? EmailList);

/// <summary>Those who registered addresses of their own for an organization.</summary>
public sealed record UnitContact(string? OrganizationNumber, int PartyId, IReadOnlyList<UserContact?>? UserContactPoints);

public sealed record UserContact(int UserId, string? MobileNumber, string? Email);

public sealed record ExternalContact(string? ExternalIdentity, string? MobileNumber, string? Email);

/// <summary>Altinn Profile's lookups. Who is not registered is absent from the answer.</summary>
public sealed class Profile(HttpClient http)
{
    private const int MostNumbers = 1000;

    /// <summary>Profile looks them up one after the other.</summary>
    private const int MostExternalIdentities = 50;

    public Task<IReadOnlyList<PersonContact>> Persons(IReadOnlyCollection<string> nationalIdentityNumbers, bool useStaleContactInfo, CancellationToken cancellationToken) =>
        InParts.Ask(nationalIdentityNumbers, MostNumbers, part => Ask<PersonContact>(
            "users/contactpoint/lookup", new { nationalIdentityNumbers = part, useStaleContactInfo }, cancellationToken));

    public Task<IReadOnlyList<OrganizationContact>> Organizations(IReadOnlyCollection<string> organizationNumbers, CancellationToken cancellationToken) =>
        InParts.Ask(organizationNumbers, MostNumbers, part => Ask<OrganizationContact>(
            "organizations/notificationaddresses/lookup", new { organizationNumbers = part }, cancellationToken));

    /// <summary>Not everybody in the answer may be told: see <see cref="Authorization"/>.</summary>
    public Task<IReadOnlyList<UnitContact>> Units(IReadOnlyCollection<string> organizationNumbers, string resourceId, CancellationToken cancellationToken) =>
        InParts.Ask(organizationNumbers, MostNumbers, part => Ask<UnitContact>(
            "units/contactpoint/lookup", new { organizationNumbers = part, resourceId }, cancellationToken));

    public Task<IReadOnlyList<ExternalContact>> ExternalIdentities(IReadOnlyCollection<string> externalIdentities, CancellationToken cancellationToken) =>
        InParts.Ask(externalIdentities, MostExternalIdentities, part => Ask<ExternalContact>(
            "users/contactpoint/lookupsi", new { externalIdentities = part }, cancellationToken));

    private async Task<IReadOnlyList<TContact>> Ask<TContact>(string path, object question, CancellationToken cancellationToken)
    {
        var found = await http.Ask<ContactPoints<TContact>>(nameof(Profile), path, question, cancellationToken);
        return [.. (found.ContactPointsList ?? throw new NeighbourAwayException(nameof(Profile), "an answer without a list of contact points")).OfType<TContact>()];
    }

    private sealed record ContactPoints<TContact>(IReadOnlyList<TContact?>? ContactPointsList);
}
