using System.Globalization;
using System.Security.Claims;
using Notifications.Api.Access;

namespace Notifications.Api.EndUsers;

/// <summary>Somebody who has logged in themselves, as their token names them.</summary>
/// <param name="PartyId">Their own party.</param>
internal sealed record EndUser(int UserId, int PartyId)
{
    /// <summary>A log names addresses, so that a log-in of the lowest levels does not do.</summary>
    private const int LowestLevel = 3;

    public static EndUser? Of(ClaimsPrincipal caller) => Creator.Credentials(caller).Select(Of).FirstOrDefault(user => user is not null);

    /// <summary>Null for a credential that is not a person's.</summary>
    public static EndUser? Of(Credential credential) =>
        credential is { IsPlatform: false, Creator: null } && credential.Has(AccessRegistration.EndUserScope)
        && Number(credential, "urn:altinn:authlevel") >= LowestLevel
        && Number(credential, "urn:altinn:userid") is > 0 and { } userId && Number(credential, "urn:altinn:partyid") is > 0 and { } partyId
            ? new EndUser(userId, partyId)
            : null;

    private static int? Number(Credential credential, string claim) =>
        int.TryParse(credential.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
