using Notifications.Api.Access;
using Notifications.Api.Apps;
using Notifications.Api.Documentation;
using Notifications.Api.Foresight;
using Notifications.Api.Wire;

namespace Notifications.Api.Orders;

/// <summary>
/// <c>POST /future/orders</c>: answers 201 after the one commit that holds the order, its sagas and what starts them, and 200 with the same
/// body when the order was accepted before. With <c>?dryRun=true</c> it only tells what the order would do.
/// </summary>
public static class PostOrder
{
    private const string BodyName = "notificationOrderRequest";

    public static void MapPostOrder(this IEndpointRouteBuilder routes) => routes
        .MapPost("/future/orders", Handle)
        .WithName("PostOrder").WithTags("Order").WithSummary("Order a notification, with reminders")
        .WithDescription("With dryRun=true nothing is sent or stored, and the answer is 200 with what the order would do: {valid, warnings, steps: [{at, what, channel, recipient (masked), smsParts}]}.")
        .Accepts<OrderRequest>("application/json")
        .Produces<OrderResponse>(StatusCodes.Status201Created)
        .Produces<OrderResponse>(StatusCodes.Status200OK)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithExample("An e-mail", OrderExamples.Email)
        .WithExample("An SMS, and another after a week", OrderExamples.Sms)
        .WithExample("A person, by what they prefer", OrderExamples.Person)
        .WithExample("An organisation", OrderExamples.Organization)
        .WithExample("A person, reminded every week, and by SMS if nothing is heard of the e-mail", OrderExamples.Plan);

    /// <param name="http">The request.</param>
    /// <param name="orders">Takes orders in.</param>
    /// <param name="dryRun">Only tell what the order would do: see <see cref="DryRunResponse"/>. Nothing is sent or stored.</param>
    private static async Task<IResult> Handle(HttpContext http, OrderIntake orders, bool? dryRun)
    {
        var body = await RequestBody.Read<OrderRequest>(http.Request, BodyName);
        if (body.Value is not { } request)
            return body.Problem!;

        var creator = Creator.Of(http.User)!;
        return dryRun is true
            ? await http.RequestServices.GetRequiredService<DryRun>().Of(request, body.Warnings, creator, http.RequestAborted)
            : await orders.Take(request, await Warnings(http, request, body.Warnings, creator), creator, http.RequestAborted);
    }

    /// <summary>What the body was warned of, and why no event may end an order that is to end by one.</summary>
    private static async Task<IReadOnlyList<string>?> Warnings(HttpContext http, OrderRequest request, IReadOnlyList<string>? warnings, string creator) =>
        request is { StopOn.Count: > 0 } && request.InstanceConditions().FirstOrDefault().Condition is { } instance
            && InstanceConditionRequest.IsApp(instance.App) && OrderedInstances.IsOf(creator, instance.App)
            && await http.RequestServices.GetRequiredService<AppSubscriptions>().EnsureOnce(http.Request, creator, instance.App, http.RequestAborted) is { } deaf
                ? [.. warnings ?? [], deaf]
                : warnings;
}
