using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary><c>DELETE /notificationrules/{id}</c>: nothing more is ordered. What was ordered goes on.</summary>
public static class DeleteRule
{
    public static void MapDeleteRule(this IEndpointRouteBuilder routes) => routes
        .MapDelete("/notificationrules/{id}", Handle)
        .WithName("DeleteNotificationRule").WithTags("Rules").WithSummary("Order no more by a rule")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string id, HttpContext http, NotificationsDbContext database)
    {
        var creator = Creator.Of(http.User)!;
        return await database.NotificationRules.Where(r => r.Creator == creator && r.Id == id).ExecuteDeleteAsync(http.RequestAborted) > 0 ? Results.NoContent() : Problems.NotFound();
    }
}
