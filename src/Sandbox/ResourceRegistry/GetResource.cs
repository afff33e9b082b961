using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.ResourceRegistry;

/// <summary>Resources by id; an app is known without being registered.</summary>
internal static class GetResource
{
    public static void MapResourceRegistry(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/resourceregistry/api/v1").CanFail("resourceregistry").MapGet("/resource/{id}", (string id, PeopleAndOrganizations registry) =>
            Find(id, registry) is { } resource
                ? Results.Ok(new { Identifier = id, resource.Title, ResourceType = id.StartsWith("app_", StringComparison.Ordinal) ? "AltinnApp" : "GenericAccessResource" })
                : Results.NotFound());

    internal static Resource? Find(string id, PeopleAndOrganizations registry) =>
        registry.Resource(id) ?? (id.Split('_', 3) is ["app", _, var app] ? new Resource(new Dictionary<string, string>(StringComparer.Ordinal) { ["nb"] = app }) : null);
}
