using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Documentation;
using Notifications.Api.Orders;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary><c>PUT /notificationrules/{id}</c>: makes a rule or takes its place, and subscribes to the events of its app.</summary>
public static partial class PutRule
{
    private const string BodyName = "notificationRule";

    public static void MapPutRule(this IEndpointRouteBuilder routes) => routes
        .MapPut("/notificationrules/{id}", Handle)
        .WithName("PutNotificationRule").WithTags("Rules").WithSummary("Order whenever an app instance comes to a step")
        .WithDescription("What is ordered already stays as it was ordered. The first rule about an app subscribes to the app's events at Altinn Events, in your name and with your token.")
        .Accepts<RuleRequest>("application/json")
        .Produces<RuleResponse>()
        .Produces<RuleResponse>(StatusCodes.Status201Created)
        .ProducesValidationProblem()
        .WithExample("Tell the owner of a form that is to be signed, and remind them twice", RuleExamples.Signing);

    /// <param name="id">Your own name for the rule: letters, digits, and - . _</param>
    /// <param name="http">The request.</param>
    /// <param name="validator">Says what is wrong with it.</param>
    /// <param name="senders">Knows who may send under which name.</param>
    /// <param name="settings">Whether events of apps are taken here.</param>
    /// <param name="subscriptions">At Altinn Events.</param>
    /// <param name="database">Where rules are.</param>
    /// <param name="clock">The time.</param>
    private static async Task<IResult> Handle(
        string id, HttpContext http, RuleRequestValidator validator, SenderControl senders, AppEventSettings settings, AppSubscriptions subscriptions, NotificationsDbContext database, TimeProvider clock)
    {
        var body = await RequestBody.Read<RuleRequest>(http.Request, BodyName);
        if (body.Value is not { } request)
            return body.Problem!;

        var (creator, now) = (Creator.Of(http.User)!, clock.GetUtcNow());
        var validation = await senders.Validate(validator, request, creator, http.RequestAborted);
        if (!validation.IsValid)
            return Problems.Invalid<RuleRequest>(validation.Errors);
        if (Refusal(id, request, creator, settings) is { } refusal)
            return Problems.Invalid<RuleRequest>([refusal]);

        var rule = JsonSerializer.Serialize(request, WireJson.Options);
        var created = await database.Database.SqlQuery<bool>(
            $"""
            INSERT INTO notification_rules AS r (creator, id, app, rule, created_at, changed_at) VALUES ({creator}, {id}, {request.App}, {rule}::jsonb, {now}, {now})
            ON CONFLICT (creator, id) DO UPDATE SET app = excluded.app, rule = excluded.rule, changed_at = excluded.changed_at
            RETURNING r.created_at = {now} AS "Value"
            """).ToListAsync(http.RequestAborted);

        var deaf = await subscriptions.Ensure(http.Request, creator, request.App, http.RequestAborted);
        string[] warnings = [.. body.Warnings ?? [], .. deaf is null ? [] : new[] { deaf }];
        var response = (await GetRules.One(database, subscriptions, creator, id, http.RequestAborted))! with { Warnings = warnings.Length > 0 ? warnings : null };
        return Results.Json(response, statusCode: created.Single() ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static ValidationFailure? Refusal(string id, RuleRequest request, string creator, AppEventSettings settings) =>
        !settings.AreOn ? new(nameof(RuleRequest.On), "This installation takes no events of apps: Events:Secret is not set.")
        : !RuleId().IsMatch(id) ? new("Id", "Give the rule a name of at most 100 letters, digits, and - . _")
        : !OrderedInstances.IsOf(creator, request.App) ? new(nameof(RuleRequest.App), "This is not one of your own apps.")
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RuleId();
}
