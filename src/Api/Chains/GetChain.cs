using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary><c>GET /orders/chain/{id}</c>: an order with its shipments; where <c>Location</c> points.</summary>
public static class GetChain
{
    public static void MapGetChain(this IEndpointRouteBuilder routes) => routes
        .MapGet("/orders/chain/{id:guid}", Handle)
        .WithName("GetChain").WithTags("Order").WithSummary("An order with its shipments")
        .Produces<ChainResponse>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, HttpContext http, ReadShipments shipments) =>
        await shipments.Chain(Creator.Of(http.User)!, id, http.RequestAborted) is { } chain
            ? Results.Json(ChainResponse.Of(chain))
            : Problems.NotFound();
}
