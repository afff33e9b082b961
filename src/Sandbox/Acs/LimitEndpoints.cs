namespace Notifications.Sandbox.Acs;

internal static class LimitEndpoints
{
    public static void MapPublishedLimits(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/acs/limits", (PublishedLimits limits) => new { refusedSends = limits.RefusedSends });
}
