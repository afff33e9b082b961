using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Consumers.Webhooks;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary>
/// <c>POST /webhooks/{id}/secret</c>: a new secret, shown this once. The old one signs beside it for a day; made twice, it signs no longer.
/// </summary>
public static class PostWebhookSecret
{
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    public static void MapPostWebhookSecret(this IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/{id:guid}/secret", Handle)
        .WithName("RotateWebhookSecret").WithTags("Webhooks").WithSummary("Make a new secret")
        .Produces<WebhookResponse>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, HttpContext http, NotificationsDbContext database, TimeProvider clock)
    {
        var (creator, now, secret) = (Creator.Of(http.User)!, clock.GetUtcNow(), WebhookSignature.NewSecret());
        var changed = await database.Webhooks.Where(w => w.Creator == creator && w.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(w => w.OldSecret, w => w.Secret)
                .SetProperty(w => w.OldSecretUntil, now + Overlap)
                .SetProperty(w => w.Secret, secret)
                .SetProperty(w => w.Lease, (Guid?)null),
            http.RequestAborted);
        return changed > 0
            ? Results.Json(await WebhookResponse.One(database, creator, id, now, http.RequestAborted, WebhookSignature.Show(secret)))
            : Problems.NotFound();
    }
}
