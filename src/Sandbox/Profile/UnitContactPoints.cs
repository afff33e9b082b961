using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Profile;

/// <summary>Addresses users registered for a unit; who may see the resource is Authorization's to say.</summary>
internal static class UnitContactPoints
{
    public static void Map(IEndpointRouteBuilder profile) =>
        profile.MapPost("/units/contactpoint/lookup", (Lookup lookup, PeopleAndOrganizations registry) => new
        {
            ContactPointsList = (lookup.OrganizationNumbers ?? []).Select(number => Find(number, registry)).Where(found => found is not null),
        });

    private static Unit? Find(string number, PeopleAndOrganizations registry) =>
        registry.Organization(number)?.Users is { Count: > 0 } users
            ? new Unit(number, PeopleAndOrganizations.PartyId(number), [.. users.Select(ToUser)])
            : null;

    private static User ToUser(OrganizationUser user) =>
        new(user.Mobile, user.Email, user.KnownId);

    private sealed record Lookup(List<string>? OrganizationNumbers, string? ResourceId);

    private sealed record Unit(string OrganizationNumber, int PartyId, List<User> UserContactPoints);

    private sealed record User(string? MobileNumber, string? Email, int UserId);
}
