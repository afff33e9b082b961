using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary><c>GET /webhooks</c> and <c>GET /webhooks/{id}</c>: the caller's webhooks, and how far each has come.</summary>
public static class GetWebhooks
{
    public static void MapGetWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks", All)
            .WithName("GetWebhooks").WithTags("Webhooks").WithSummary("Your webhooks")
            .Produces<WebhookResponse[]>();
        routes.MapGet("/webhooks/{id:guid}", One)
            .WithName("GetWebhook").WithTags("Webhooks").WithSummary("How far a webhook has come")
            .Produces<WebhookResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> All(HttpContext http, NotificationsDbContext database, TimeProvider clock) =>
        Results.Json(await WebhookResponse.All(database, Creator.Of(http.User)!, clock.GetUtcNow(), http.RequestAborted));

    private static async Task<IResult> One(Guid id, HttpContext http, NotificationsDbContext database, TimeProvider clock) =>
        await WebhookResponse.One(database, Creator.Of(http.User)!, id, clock.GetUtcNow(), http.RequestAborted) is { } webhook
            ? Results.Json(webhook)
            : Problems.NotFound();
}
