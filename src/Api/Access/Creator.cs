using System.Security.Claims;

namespace Notifications.Api.Access;

/// <summary>Who owns what a request makes or reads: the service owner that the validated credential names.</summary>
public static class Creator
{
    /// <summary>The short name that components of the platform call themselves by.</summary>
    public const string Platform = "platform";

    /// <summary>The creator of a caller whom a policy let in, which no two valid credentials name differently.</summary>
    public static string? Of(ClaimsPrincipal caller) => Credentials(caller).FirstOrDefault(c => c.Creator is not null)?.Creator;

    /// <summary>Whether the caller is an Altinn app, by the platform access token of the app's owner.</summary>
    public static bool IsApp(ClaimsPrincipal caller) => Credentials(caller).Any(c => c is { IsPlatform: true, Creator: not Platform });

    internal static IEnumerable<Credential> Credentials(ClaimsPrincipal caller) => caller.Identities.OfType<Credential>();
}
