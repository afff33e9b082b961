using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Profile;

internal static class SelfIdentifiedContactPoints
{
    private const string EmailIdentity = "urn:altinn:person:idporten-email:";

    public static void Map(IEndpointRouteBuilder users) =>
        users.MapPost("/lookupsi", (Lookup lookup, PeopleAndOrganizations registry) => new
        {
            ContactPointsList = (lookup.ExternalIdentities ?? []).Select(urn => Find(urn, registry)).Where(found => found is not null),
        });

    /// <summary>An email identity carries its own address; a user name without any address is left out.</summary>
    internal static ContactPoint? Find(string identity, PeopleAndOrganizations registry) =>
        registry.Identity(identity) is { } known ? (known.Email ?? known.Mobile) is null ? null : new ContactPoint(known.Mobile, known.Email, identity)
        : identity.StartsWith(EmailIdentity, StringComparison.OrdinalIgnoreCase) && Uri.UnescapeDataString(identity[EmailIdentity.Length..]) is var address && address.Contains('@', StringComparison.Ordinal)
            ? new ContactPoint(null, address, identity)
            : null;

    private sealed record Lookup(List<string>? ExternalIdentities);

    internal sealed record ContactPoint(string? MobileNumber, string? Email, string ExternalIdentity);
}
