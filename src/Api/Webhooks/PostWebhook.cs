using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Wire;
using Notifications.Consumers.Webhooks;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary>
/// <c>POST /webhooks</c>: the receiver is asked for its consent, and then told of each final state from now on. Its secret is in this
/// answer and in no other.
/// </summary>
public static class PostWebhook
{
    private const string BodyName = "webhookRequest";
    private const int MostOfOne = 10;

    private const string Example = """{ "endpoint": "https://etaten.example/notifications", "statuses": ["Order_Completed", "Order_Cancelled"] }""";

    public static void MapPostWebhook(this IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks", Handle)
        .WithName("CreateWebhook").WithTags("Webhooks").WithSummary("Be told of final states")
        .Accepts<WebhookRequest>("application/json").WithExample("Some final states", Example)
        .Produces<WebhookResponse>(StatusCodes.Status201Created)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(
        HttpContext http, WebhookRequestValidator validator, NotificationsDbContext database, FeedEvents feed, PublicAddress address, TimeProvider clock)
    {
        var (request, problem) = await RequestBody.Read<WebhookRequest>(http.Request, BodyName);
        if (request is null)
            return problem!;
        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid<WebhookRequest>(validation.Errors);

        var (creator, now, cancelled) = (Creator.Of(http.User)!, clock.GetUtcNow(), http.RequestAborted);
        if (await database.Webhooks.CountAsync(w => w.Creator == creator, cancelled) >= MostOfOne)
            return Problems.Conflict($"{creator} has {MostOfOne} webhooks already, and more are not kept. Change or delete one of them.");

        var webhook = new Webhook
        {
            Id = NewId.NextGuid(),
            Creator = creator,
            Endpoint = request.Address.AbsoluteUri,
            Statuses = request.Wanted,
            BatchSize = request.BatchSize ?? 1,
            Secret = WebhookSignature.NewSecret(),
            State = WebhookState.Pending,
            DeliveredTo = await feed.End(creator, cancelled),
            CreatedAt = now,
            NextAttemptAt = now,
        };
        database.Webhooks.Add(webhook);
        await database.SaveChangesAsync(cancelled);
        return Results.Json(await WebhookResponse.One(database, creator, webhook.Id, now, cancelled, WebhookSignature.Show(webhook.Secret)), statusCode: StatusCodes.Status201Created)
            .WithLocation(address.Of($"webhooks/{webhook.Id}"));
    }
}
