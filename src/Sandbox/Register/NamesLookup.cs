using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Register;

/// <summary>Names by number: one answer per question, in order; one malformed number fails them all.</summary>
internal static class NamesLookup
{
    private const int MostItems = 1000;

    public static void Map(IEndpointRouteBuilder register) => register.MapPost("/api/v1/parties/nameslookup", Handle);

    private static IResult Handle(Lookup lookup, PeopleAndOrganizations registry, string? partyComponentOption = null)
    {
        var parties = lookup.Parties ?? [];
        if (parties.Count > MostItems)
            return Results.Problem("TooManyItems", statusCode: 400);
        if (!parties.All(IsWellFormed))
            return Results.Problem("Each party needs exactly one well-formed ssn or orgNo.", statusCode: 400);

        var withParts = partyComponentOption == "person-name";
        return Results.Ok(new { PartyNames = parties.Select(party => ToName(party, registry, withParts)) });
    }

    private static bool IsWellFormed(Party party) =>
        party.Ssn is null ? RegistryEndpoints.IsDigits(party.OrgNo, 9) : party.OrgNo is null && RegistryEndpoints.IsDigits(party.Ssn, 11);

    private static PartyName ToName(Party party, PeopleAndOrganizations registry, bool withParts)
    {
        var name = party.Ssn is null ? registry.Organization(party.OrgNo!)?.Name : registry.Person(party.Ssn)?.Name;
        return new PartyName(party.Ssn, party.OrgNo, name, withParts && party.Ssn is not null && name is not null ? Split(name) : null);
    }

    private static PersonName Split(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var first, .. var middle, var last]
            ? new PersonName(first, middle.Length == 0 ? null : string.Join(' ', middle), last)
            : new PersonName(null, null, name);
    }

    private sealed record Lookup(List<Party>? Parties);

    private sealed record Party(string? Ssn, string? OrgNo);

    private sealed record PartyName(
        string? Ssn,
        string? OrgNo,
        string? Name,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] PersonName? PersonName);

    private sealed record PersonName(string? FirstName, string? MiddleName, string? LastName);
}
