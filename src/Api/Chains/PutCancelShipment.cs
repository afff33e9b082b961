using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>
/// <c>PUT /orders/{id}/cancel</c>: cancels one shipment until the first of its messages is handed off, and with a main shipment its waiting
/// reminders, unless the order keeps them independent. Cancelling again is answered the same; 409 when it is too late.
/// </summary>
public static class PutCancelShipment
{
    public static void MapPutCancelShipment(this IEndpointRouteBuilder routes) => routes
        .MapPut("/orders/{id:guid}/cancel", Handle)
        .WithName("CancelShipment").WithTags("Order").WithSummary("Cancel one shipment")
        .Produces<ChainResponse>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(Guid id, HttpContext http, ReadShipments shipments, IUnitOfWorkFactory work, TimeProvider clock)
    {
        var creator = Creator.Of(http.User)!;
        if (await shipments.OrderOf(creator, id, http.RequestAborted) is not { } orderId)
            return Problems.NotFound();

        await work.Cancel([CancelScope.Shipment(id), CancelScope.RemindersOfStopped(id)], clock.GetUtcNow());
        var chain = (await shipments.Chain(creator, orderId, http.RequestAborted))!;
        return TooLate.ToCancel(chain.Shipments.Single(s => s.Id == id)) is { } reason
            ? Problems.Conflict(reason)
            : Results.Json(ChainResponse.Of(chain));
    }
}
