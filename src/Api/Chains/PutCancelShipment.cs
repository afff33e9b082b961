using Notifications.Api.Access;
using Notifications.Api.V1;
using Notifications.Api.Wire;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>
/// <c>PUT /orders/{id}/cancel</c>: cancels one shipment until the first of its messages is handed off, and with a main shipment its waiting
/// reminders, unless the order keeps them independent. Cancelling again is answered the same, with the order's status; 409 when it is too late.
/// </summary>
public static class PutCancelShipment
{
    public static void MapPutCancelShipment(this IEndpointRouteBuilder routes) => routes
        .MapPut("/orders/{id}/cancel", Handle)
        .WithName("CancelShipment").WithTags("Order").WithSummary("Cancel one shipment")
        .Produces<V1OrderStatus>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(string id, HttpContext http, ReadOrderStatus orders, IUnitOfWorkFactory work, TimeProvider clock)
    {
        if (!Guid.TryParse(id, out var shipmentId))
            return OrderId.Invalid(id);

        var creator = Creator.Of(http.User)!;
        if (await orders.State(creator, shipmentId, http.RequestAborted) is null)
            return Problems.NotFound();

        await work.Cancel([CancelScope.Shipment(shipmentId), CancelScope.RemindersOfStopped(shipmentId)], clock.GetUtcNow());
        return TooLate.ToCancel((await orders.State(creator, shipmentId, http.RequestAborted))!) is { } reason
            ? Problems.Conflict(reason)
            : Results.Json(await orders.Read(creator, shipmentId, http.RequestAborted));
    }
}
