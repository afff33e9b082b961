using System.Text.Json.Nodes;
using Notifications.Sandbox.Journal;

namespace Notifications.Sandbox.Apps;

/// <summary>Where instances of apps are put, and where what happens to them is told.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder routes)
    {
        var instance = routes.MapGroup("/apps/{org}/{app}/instances/{partyId:int}/{guid:guid}");
        instance.MapPut("", Put);
        instance.MapGet("", (int partyId, Guid guid, AppInstances instances) => instances.Find($"{partyId}/{guid}") is { } found ? Results.Json(found) : Results.NotFound());
        instance.MapDelete("", Delete);
        instance.MapPost("/events", EventEndpoints.Publish);
    }

    private static IResult Put(string org, string app, int partyId, Guid guid, JsonObject given, AppInstances instances, SandboxJournal journal)
    {
        var instance = instances.Put(org, app, partyId, guid, given);
        journal.Write(new InstancePut((string)instance["id"]!, instance));
        return Results.Json(instance);
    }

    private static IResult Delete(int partyId, Guid guid, AppInstances instances, SandboxJournal journal)
    {
        var id = $"{partyId}/{guid}";
        if (!instances.Remove(id))
            return Results.NotFound();
        journal.Write(new InstanceRemoved(id));
        return Results.NoContent();
    }
}
