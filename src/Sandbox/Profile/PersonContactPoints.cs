using System.Text.Json.Serialization;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Profile;

/// <summary>Persons in the contact and reservation register.</summary>
internal static class PersonContactPoints
{
    public static void Map(IEndpointRouteBuilder users)
    {
        users.MapPost("/lookup", (Lookup lookup, PeopleAndOrganizations registry) =>
            new { ContactPointsList = Find(lookup, registry) });
        users.MapPost("/availability", (Lookup lookup, PeopleAndOrganizations registry) =>
            new { AvailabilityList = Find(lookup, registry).Select(ToAvailability) });
    }

    internal static IReadOnlyList<ContactPoint> Find(Lookup lookup, PeopleAndOrganizations registry)
    {
        var found = new List<ContactPoint>();
        foreach (var nin in lookup.NationalIdentityNumbers ?? [])
        {
            if (registry.Person(nin) is { } person && ToContactPoint(nin, person, lookup.UseStaleContactInfo) is { } contactPoint)
                found.Add(contactPoint);
        }

        return found;
    }

    /// <summary>With both addresses outdated the person is left out, so that the reservation is unknown too.</summary>
    internal static ContactPoint? ToContactPoint(string nin, Person person, bool useStale)
    {
        if (useStale)
            return new ContactPoint(0, nin, person.IsReserved, person.Mobile, person.MobileOutdated, person.Email, person.EmailOutdated, person.Language);
        if (person is { MobileOutdated: true, EmailOutdated: true })
            return null;
        return new ContactPoint(
            0,
            nin,
            person.IsReserved,
            person.MobileOutdated ? null : person.Mobile,
            person.MobileOutdated,
            person.EmailOutdated ? null : person.Email,
            person.EmailOutdated,
            person.Language);
    }

    private static Availability ToAvailability(ContactPoint contactPoint) => new(
        contactPoint.UserId,
        contactPoint.NationalIdentityNumber,
        contactPoint.IsReserved,
        !string.IsNullOrEmpty(contactPoint.MobileNumber),
        !string.IsNullOrEmpty(contactPoint.Email));

    internal sealed record Lookup(List<string>? NationalIdentityNumbers, bool UseStaleContactInfo = false);

    internal sealed record ContactPoint(
        int UserId, string NationalIdentityNumber, bool IsReserved, string? MobileNumber, bool MobileNumberIsOutdated, string? Email, bool EmailIsOutdated,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Language = null);

    internal sealed record Availability(int UserId, string NationalIdentityNumber, bool IsReserved, bool MobileNumberRegistered, bool EmailRegistered);
}
