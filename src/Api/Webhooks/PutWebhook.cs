using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary>
/// <c>PUT /webhooks/{id}</c>: another endpoint, or other final states. A new endpoint is asked for its consent, and one that was given up is
/// asked anew; each goes on where the webhook had come to. One that waits after a failure is tried at once.
/// </summary>
public static class PutWebhook
{
    private const string BodyName = "webhookRequest";

    public static void MapPutWebhook(this IEndpointRouteBuilder routes) => routes
        .MapPut("/webhooks/{id:guid}", Handle)
        .WithName("ChangeWebhook").WithTags("Webhooks").WithSummary("Change a webhook, or try it again at once")
        .Accepts<WebhookRequest>("application/json")
        .Produces<WebhookResponse>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, HttpContext http, WebhookRequestValidator validator, NotificationsDbContext database, TimeProvider clock)
    {
        var (request, problem) = await RequestBody.Read<WebhookRequest>(http.Request, BodyName);
        if (request is null)
            return problem!;
        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid<WebhookRequest>(validation.Errors);

        var (creator, now) = (Creator.Of(http.User)!, clock.GetUtcNow());
        var (endpoint, statuses) = (request.Address.AbsoluteUri, request.Wanted);
        var changed = await database.Webhooks.Where(w => w.Creator == creator && w.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(w => w.State, w => w.Endpoint == endpoint && w.State == WebhookState.Active ? WebhookState.Active : WebhookState.Pending)
                .SetProperty(w => w.Endpoint, endpoint)
                .SetProperty(w => w.Statuses, statuses)
                .SetProperty(w => w.BatchSize, request.BatchSize ?? 1)
                .SetProperty(w => w.NextAttemptAt, now)
                .SetProperty(w => w.Failures, 0)
                .SetProperty(w => w.FailingSince, (DateTimeOffset?)null)
                .SetProperty(w => w.Lease, (Guid?)null),
            http.RequestAborted);
        return changed > 0 ? Results.Json(await WebhookResponse.One(database, creator, id, now, http.RequestAborted)) : Problems.NotFound();
    }
}
