using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary><c>GET /notificationrules</c>, <c>GET /notificationrules/{id}</c> and what became of a rule: <c>GET /notificationrules/{id}/steps</c>.</summary>
public static class GetRules
{
    private const int MostSteps = 100;

    public static void MapGetRules(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notificationrules", All)
            .WithName("GetNotificationRules").WithTags("Rules").WithSummary("Your rules")
            .Produces<RuleResponse[]>();
        routes.MapGet("/notificationrules/{id}", Single)
            .WithName("GetNotificationRule").WithTags("Rules").WithSummary("A rule")
            .Produces<RuleResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/notificationrules/{id}/steps", Steps)
            .WithName("GetNotificationRuleSteps").WithTags("Rules").WithSummary("The instances that came to a rule's step lately, and what was ordered")
            .Produces<RuleStepResponse[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<RuleResponse?> One(NotificationsDbContext database, AppSubscriptions subscriptions, string creator, string id, CancellationToken cancellationToken) =>
        await Find(database, creator, id).FirstOrDefaultAsync(cancellationToken) is { } rule
            ? RuleResponse.Of(rule, await Source(database, subscriptions, creator, rule.App, cancellationToken))
            : null;

    private static async Task<RuleResponse.EventSource?> Source(NotificationsDbContext database, AppSubscriptions subscriptions, string creator, string app, CancellationToken cancellationToken)
    {
        if (subscriptions.EndPoint(creator) is not { } endPoint)
            return null;

        var events = database.AppEvents.AsNoTracking().Where(e => e.App == app);
        var subscription = await subscriptions.Find(creator, app, cancellationToken);
        var last = await events.OrderByDescending(e => e.ReceivedAt).Select(e => (DateTimeOffset?)e.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
        var failing = await events.CountAsync(e => e.Failure != null && e.NextAttemptAt != null, cancellationToken);
        var givenUp = await events.CountAsync(e => e.Failure != null && e.NextAttemptAt == null, cancellationToken);
        return new RuleResponse.EventSource(endPoint, subscription?.SubscriptionId, last?.UtcDateTime, failing, givenUp);
    }

    private static async Task<IResult> All(HttpContext http, NotificationsDbContext database)
    {
        var creator = Creator.Of(http.User)!;
        var rules = await database.NotificationRules.AsNoTracking().Where(r => r.Creator == creator).OrderBy(r => r.Id).ToListAsync(http.RequestAborted);
        return Results.Json(rules.Select(r => RuleResponse.Of(r)));
    }

    private static async Task<IResult> Single(string id, HttpContext http, NotificationsDbContext database, AppSubscriptions subscriptions) =>
        await One(database, subscriptions, Creator.Of(http.User)!, id, http.RequestAborted) is { } rule ? Results.Json(rule) : Problems.NotFound();

    private static async Task<IResult> Steps(string id, HttpContext http, NotificationsDbContext database)
    {
        var creator = Creator.Of(http.User)!;
        if (!await Find(database, creator, id).AnyAsync(http.RequestAborted))
            return Problems.NotFound();

        var steps = await database.RuleSteps.AsNoTracking().Where(s => s.Creator == creator && s.RuleId == id).OrderByDescending(s => s.At).Take(MostSteps).ToListAsync(http.RequestAborted);
        return Results.Json(steps.Select(s => new RuleStepResponse(s.InstanceId, s.Step, s.At.UtcDateTime, s.OrderId, s.Refusal)));
    }

    private static IQueryable<NotificationRule> Find(NotificationsDbContext database, string creator, string id) =>
        database.NotificationRules.AsNoTracking().Where(r => r.Creator == creator && r.Id == id);
}

/// <summary>A step of an instance that a rule was about.</summary>
/// <param name="Step">Such as <c>movedTo.Task_2@</c> and when the instance entered the task.</param>
/// <param name="NotificationOrderId">What was ordered: <c>GET /orders/chain/{id}</c> tells more.</param>
/// <param name="Refusal">Why nothing was.</param>
public sealed record RuleStepResponse(string InstanceId, string Step, DateTime At, Guid? NotificationOrderId, string? Refusal);
