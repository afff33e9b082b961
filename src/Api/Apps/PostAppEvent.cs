using System.Text.Json;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>
/// <c>POST /events</c>: the webhook for Altinn Events. An event is kept before it is answered, and worked off afterwards. The query parameter
/// <c>code</c> says whose events come, and is the only thing to tell a forged one by.
/// </summary>
public static class PostAppEvent
{
    private const int MostBytes = 256 * 1024;

    public static void MapPostAppEvent(this IEndpointRouteBuilder routes) => routes
        .MapPost("/events", Handle).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();

    /// <summary>What nobody here reads is taken too, as the event that asks whether anybody listens: it would only come again.</summary>
    private static async Task<IResult> Handle(HttpContext http, string? code, AppEventSettings settings, AppEvents events, AppEventSignal signal)
    {
        if (settings.CreatorOf(code) is not { } creator)
            return Results.Unauthorized();

        var (body, problem) = await JsonBody.Read(http.Request);
        if (body is null)
            return problem!;

        using (body)
        {
            if (ReceivedAppEvent.Of(body.RootElement) is not { } received)
                return Results.Ok();
            if (received.Org != creator)
                return Results.Unauthorized();
            if (await events.Keep(received.App, received.EventId, received.InstanceId, received.Type, received.HappenedAt, http.RequestAborted))
                signal.Set();
            return Results.Ok();
        }
    }
}
