using System.Security.Claims;
using Notifications.Api.Access;

namespace Notifications.Api.Support;

/// <summary>Who looks, for the record: the client, the organization and the user that the token names.</summary>
internal static class SupportReader
{
    private static readonly string[] Names = ["client_id", "urn:altinn:org", "urn:altinn:orgNumber", "urn:altinn:userid", "jti"];

    /// <summary>Null when the token names nobody.</summary>
    public static string? Of(ClaimsPrincipal caller) =>
        Creator.Credentials(caller).FirstOrDefault(c => c.Has(AccessRegistration.SupportScope)) is { } credential
        && Names.SkipLast(1).Any(name => credential.HasClaim(claim => claim.Type == name))
            ? string.Join(' ', Names.SelectMany(name => credential.FindAll(name)).Select(claim => $"{claim.Type}={claim.Value}"))
            : null;
}
