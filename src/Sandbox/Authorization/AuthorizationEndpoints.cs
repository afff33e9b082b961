using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Authorization;

internal static class AuthorizationEndpoints
{
    public static void MapAuthorization(this IEndpointRouteBuilder routes) =>
        PostDecision.Map(routes.MapGroup("/authorization/api/v1").CanFail("authorization"));
}
