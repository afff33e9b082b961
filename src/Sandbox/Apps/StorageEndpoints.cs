using System.Text.Json.Nodes;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Tokens;

namespace Notifications.Sandbox.Apps;

/// <summary>Altinn Storage's instances, for those who may read any of them.</summary>
internal static class StorageEndpoints
{
    private const string Scope = "altinn:storage/instances.syncadapter";

    public static void MapStorage(this IEndpointRouteBuilder routes)
    {
        var instances = routes.MapGroup("/storage/api/v1/instances").CanFail("storage");
        instances.AddEndpointFilter(MayRead);
        instances.MapGet("/{partyId:int}/{guid:guid}", (int partyId, Guid guid, AppInstances instances) => Found(instances.Find($"{partyId}/{guid}"), guid));
        instances.MapGet("/{guid:guid}", (Guid guid, AppInstances instances) => Found(instances.Find(guid), guid));
    }

    private static IResult Found(JsonObject? instance, Guid guid) =>
        instance is null ? Results.NotFound($"Unable to find instance {guid}") : Results.Text(instance.ToJsonString(), "application/json");

    private static async ValueTask<object?> MayRead(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.AltinnClaims() is not { } claims)
            return Results.Unauthorized();
        return ((string?)claims["scope"] ?? "").Split(' ').Contains(Scope) ? await next(context) : Results.StatusCode(403);
    }
}
