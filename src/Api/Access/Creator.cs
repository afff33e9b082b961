using System.Security.Claims;

namespace Notifications.Api.Access;

/// <summary>Who owns what a request makes or reads: the service owner that the validated credential names.</summary>
public static class Creator
{
    public const string CreateScope = "altinn:serviceowner/notifications.create";

    public static bool HasScope(this ClaimsPrincipal caller, string scope) =>
        (caller.FindFirstValue("urn:altinn:scope") ?? caller.FindFirstValue("scope"))?.Split(' ').Contains(scope, StringComparer.Ordinal) == true;

    public static string? Of(ClaimsPrincipal caller) => caller.FindFirstValue("urn:altinn:org") is { Length: > 0 } org ? org : null;
}
