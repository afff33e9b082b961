using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Webhooks;

/// <summary>
/// <c>POST /webhooks/{id}/replay</c>: goes on from another place in the feed, back to send again, or forward to leave something out. Events
/// that are sent again have the ids they had.
/// </summary>
public static class PostWebhookReplay
{
    private const string BodyName = "replayRequest";

    public static void MapPostWebhookReplay(this IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/{id:guid}/replay", Handle)
        .WithName("ReplayWebhook").WithTags("Webhooks").WithSummary("Be told again")
        .Accepts<ReplayRequest>("application/json")
        .Produces<WebhookResponse>(StatusCodes.Status202Accepted)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, ReplayRequestValidator validator, NotificationsDbContext database, FeedEvents feed, TimeProvider clock)
    {
        var (request, problem) = await RequestBody.Read<ReplayRequest>(http.Request, BodyName);
        if (request is null)
            return problem!;
        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid<ReplayRequest>(validation.Errors);

        var (creator, now, cancelled) = (Creator.Of(http.User)!, clock.GetUtcNow(), http.RequestAborted);
        if (!await database.Webhooks.AnyAsync(w => w.Creator == creator && w.Id == id, cancelled))
            return Problems.NotFound();

        // Not beyond the end, where it would skip what is not there yet.
        var from = request.AfterSequenceNumber is { } number
            ? Math.Min(number, await feed.End(creator, cancelled))
            : await feed.Before(creator, new DateTimeOffset(request.Since!.Value.ToUniversalTime()), cancelled);
        var changed = await database.Webhooks.Where(w => w.Creator == creator && w.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(w => w.DeliveredTo, from)
                .SetProperty(w => w.NextAttemptAt, w => w.State == WebhookState.Disabled ? null : (DateTimeOffset?)now)
                .SetProperty(w => w.Lease, (Guid?)null),
            cancelled);
        return changed > 0
            ? Results.Json(await WebhookResponse.One(database, creator, id, now, cancelled), statusCode: StatusCodes.Status202Accepted)
            : Problems.NotFound();
    }
}

/// <summary>From where to tell again; one of the two.</summary>
public sealed record ReplayRequest
{
    /// <summary>From the entry of the feed that follows this number; 0 for its beginning.</summary>
    public long? AfterSequenceNumber { get; init; }

    /// <summary>From what became final at this time, with a time zone.</summary>
    public DateTime? Since { get; init; }
}

public sealed class ReplayRequestValidator : AbstractValidator<ReplayRequest>
{
    public ReplayRequestValidator()
    {
        RuleFor(r => r.AfterSequenceNumber).GreaterThanOrEqualTo(0);
        RuleFor(r => r.AfterSequenceNumber).Must((r, number) => number is null != r.Since is null).WithMessage("Give either afterSequenceNumber or since.");
        RuleFor(r => r.Since).Must(s => s is not { Kind: DateTimeKind.Unspecified }).WithMessage("Give a date and time with a time zone.");
    }
}
