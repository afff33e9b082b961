using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Profile;

/// <summary>Official notification addresses of organisations.</summary>
internal static class OrganizationAddresses
{
    public static void Map(IEndpointRouteBuilder profile) =>
        profile.MapPost("/organizations/notificationaddresses/lookup", (Lookup lookup, PeopleAndOrganizations registry) =>
            lookup.OrganizationNumbers is not { Count: > 0 } numbers || numbers.Any(string.IsNullOrWhiteSpace)
                ? Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["organizationNumbers"] = ["At least one number, none blank."] })
                : Results.Ok(new { ContactPointsList = numbers.Select(number => Find(number, registry)).Where(found => found is not null) }));

    /// <summary>A unit without a record of its own has its main unit's addresses.</summary>
    internal static Addresses? Find(string number, PeopleAndOrganizations registry)
    {
        var unit = registry.Organization(number);
        if (unit is { HasRecord: true })
            return ToAddresses(number, number, unit);
        return unit?.MainUnit is { } mainNumber && registry.Organization(mainNumber) is { HasRecord: true } main
            ? ToAddresses(number, mainNumber, main)
            : null;
    }

    private static Addresses ToAddresses(string number, string origin, Organization record) =>
        new(number, origin, 0, record.Mobiles ?? [], record.Emails ?? []);

    private sealed record Lookup(List<string>? OrganizationNumbers);

    internal sealed record Addresses(string OrganizationNumber, string AddressOrigin, int PartyId, List<string> MobileNumberList, List<string> EmailList);
}
