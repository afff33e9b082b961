using System.Globalization;
using System.Text.Json.Serialization;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Register;

/// <summary>Parties by any of their identifiers.</summary>
internal static class PartyQuery
{
    private const int MostItems = 100;
    private const string OrganizationUrn = "urn:altinn:organization:identifier-no:";
    private const string PersonUrn = "urn:altinn:person:identifier-no:";
    private const string IdUrn = "urn:altinn:party:id:";
    private const string UuidUrn = "urn:altinn:party:uuid:";

    public static void Map(IEndpointRouteBuilder register)
    {
        register.MapPost("/api/v2/internal/parties/query", Handle);
        register.MapPost("/api/v2/internal/parties/main-units", MainUnit);
    }

    private static IResult Handle(Query query, PeopleAndOrganizations registry)
    {
        var asked = query.Data ?? [];
        if (asked.Count > MostItems)
            return Results.Problem("TooManyItems", statusCode: 400);

        var found = asked.Select(urn => Find(urn, registry)).OfType<Party>().DistinctBy(party => party.PartyId).ToList();
        var missing = asked.Any(urn => Find(urn, registry) is null);
        return Results.Json(new { Data = found }, statusCode: missing ? 206 : 200);
    }

    private static IResult MainUnit(MainUnitQuery query, PeopleAndOrganizations registry)
    {
        var unit = query.Data?.StartsWith(OrganizationUrn, StringComparison.Ordinal) == true ? registry.Organization(query.Data[OrganizationUrn.Length..]) : null;
        var main = unit?.MainUnit is { } number ? ToParty(number, registry) : null;
        return Results.Ok(new { Data = main is null ? Array.Empty<Party>() : [main] });
    }

    private static Party? Find(string urn, PeopleAndOrganizations registry)
    {
        if (urn.StartsWith(OrganizationUrn, StringComparison.Ordinal))
            return ToParty(urn[OrganizationUrn.Length..], registry);
        if (urn.StartsWith(PersonUrn, StringComparison.Ordinal))
            return ToParty(urn[PersonUrn.Length..], registry);
        if (urn.StartsWith(IdUrn, StringComparison.Ordinal) && int.TryParse(urn.AsSpan(IdUrn.Length), CultureInfo.InvariantCulture, out var id))
            return ToParty(registry.NumberOfParty(id), registry);
        return urn.StartsWith(UuidUrn, StringComparison.Ordinal) && Guid.TryParse(urn.AsSpan(UuidUrn.Length), out var uuid)
            ? ToParty(registry.NumberOfParty(uuid), registry)
            : null;
    }

    private static Party? ToParty(string? number, PeopleAndOrganizations registry)
    {
        if (number is null)
            return null;
        var (uuid, id) = (PeopleAndOrganizations.PartyUuid(number), PeopleAndOrganizations.PartyId(number));
        if (registry.Organization(number) is { } organization)
            return new Party(uuid, id, "organization", organization.Name, number, null);
        return registry.Person(number) is { } person ? new Party(uuid, id, "person", person.Name, null, number) : null;
    }

    private sealed record Query(List<string>? Data);

    private sealed record MainUnitQuery(string? Data);

    private sealed record Party(
        Guid PartyUuid,
        int PartyId,
        string PartyType,
        string? DisplayName,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrganizationIdentifier,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PersonIdentifier);
}
