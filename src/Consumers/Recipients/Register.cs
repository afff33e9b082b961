using System.Text.Json.Serialization;
using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Recipients;

/// <summary>Altinn Register's lookups: of names, asked only when a text holds the recipient's name, and of party ids.</summary>
public sealed class Register(HttpClient http)
{
    private const int MostParties = 1000;
    private const int MostQueried = 100;
    private const string PersonUrn = "urn:altinn:person:identifier-no:";
    private const string OrganizationUrn = "urn:altinn:organization:identifier-no:";

    /// <summary>The names by national identity number and organization number; null for who is not known.</summary>
    /// <param name="nationalIdentityNumbers">Well-formed ones only: one that is not makes Register refuse them all.</param>
    /// <param name="organizationNumbers">Likewise.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IReadOnlyDictionary<string, string?>> Names(
        IEnumerable<string> nationalIdentityNumbers, IEnumerable<string> organizationNumbers, CancellationToken cancellationToken)
    {
        var parties = nationalIdentityNumbers.Select(ssn => new Party(ssn, null)).Concat(organizationNumbers.Select(orgNo => new Party(null, orgNo))).ToArray();
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var found in await InParts.Ask(parties, MostParties, part => Ask(part, cancellationToken)))
        {
            if ((found.Ssn ?? found.OrgNo) is { } number)
                names[number] = found.Name;
        }
        return names;
    }

    /// <summary>The party ids by national identity number and organization number; who is not known is not there.</summary>
    public async Task<IReadOnlyDictionary<string, int>> PartyIds(
        IEnumerable<string> nationalIdentityNumbers, IEnumerable<string> organizationNumbers, CancellationToken cancellationToken)
    {
        string[] urns = [.. nationalIdentityNumbers.Select(n => PersonUrn + n), .. organizationNumbers.Select(n => OrganizationUrn + n)];
        var parties = await InParts.Ask(urns, MostQueried, async part =>
            (await http.Ask<FoundParties>(nameof(Register), "../v2/internal/parties/query?fields=id,org-id,person-id", new { data = part }, cancellationToken)).Data
                ?? throw new NeighbourAwayException(nameof(Register), "an answer without a list of parties"));
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var party in parties.OfType<FoundParty>())
        {
            if ((party.PersonIdentifier ?? party.OrganizationIdentifier) is { } number)
                ids[number] = party.PartyId;
        }
        return ids;
    }

    private async Task<IReadOnlyList<PartyName>> Ask(Party[] parties, CancellationToken cancellationToken)
    {
        var found = await http.Ask<PartyNames>(nameof(Register), "parties/nameslookup", new
        {
            organizationNumbers = parties.Select(p => p.OrgNo).OfType<string>(),
            socialSecurityNumbers = parties.Select(p => p.Ssn).OfType<string>(),
            parties,
        }, cancellationToken);
        return [.. (found.Names ?? throw new NeighbourAwayException(nameof(Register), "an answer without a list of names")).OfType<PartyName>()];
    }

    private sealed record Party(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ssn,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrgNo);

    private sealed record FoundParties(IReadOnlyList<FoundParty?>? Data);

    private sealed record FoundParty(int PartyId, string? PersonIdentifier, string? OrganizationIdentifier);

    private sealed record PartyNames([property: JsonPropertyName("partyNames")] IReadOnlyList<PartyName?>? Names);

    private sealed record PartyName(string? Ssn, string? OrgNo, string? Name);
}
