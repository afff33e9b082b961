using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary><c>DELETE /webhooks/{id}</c>: nothing more is sent, but for what may be under way.</summary>
public static class DeleteWebhook
{
    public static void MapDeleteWebhook(this IEndpointRouteBuilder routes) => routes
        .MapDelete("/webhooks/{id:guid}", Handle)
        .WithName("DeleteWebhook").WithTags("Webhooks").WithSummary("Be told no longer")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, HttpContext http, NotificationsDbContext database)
    {
        var creator = Creator.Of(http.User)!;
        var deleted = await database.Webhooks.Where(w => w.Creator == creator && w.Id == id).ExecuteDeleteAsync(http.RequestAborted);
        return deleted > 0 ? Results.NoContent() : Problems.NotFound();
    }
}
