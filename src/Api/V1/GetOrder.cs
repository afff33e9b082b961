using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary><c>GET /orders/{id}</c>: an order as it was accepted, of whichever version of the API.</summary>
public static class GetOrder
{
    public static void MapGetOrder(this IEndpointRouteBuilder routes) => routes
        .MapGet("/orders/{id}", Handle)
        .WithName("GetOrder").WithTags("V1").WithSummary("An order as it was accepted")
        .Produces<V1Order>()
        .ProducesValidationProblem()
        .Produces(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string id, HttpContext http, NotificationsDbContext database, SenderSettings senders, PublicAddress address)
    {
        if (!Guid.TryParse(id, out var orderId))
            return OrderId.Invalid(id);

        var creator = Creator.Of(http.User)!;
        return await database.Shipments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == orderId && s.Creator == creator, http.RequestAborted) is { } shipment
            ? Results.Json(V1Order.Of(shipment, senders, address))
            : Results.NotFound();
    }
}
