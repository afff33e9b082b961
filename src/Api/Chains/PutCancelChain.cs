using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>
/// <c>PUT /orders/chain/{id}/cancel</c>: cancels every shipment of an order of which nothing was handed to a provider yet. The answer says
/// for each of the others what was too late; 409 when it was too late for all.
/// </summary>
public static class PutCancelChain
{
    public static void MapPutCancelChain(this IEndpointRouteBuilder routes) => routes
        .MapPut("/orders/chain/{id:guid}/cancel", Handle)
        .WithName("CancelChain").WithTags("Order").WithSummary("Cancel an order with its reminders")
        .Produces<ChainResponse>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(Guid id, HttpContext http, ReadShipments shipments, IUnitOfWorkFactory work, TimeProvider clock)
    {
        var creator = Creator.Of(http.User)!;
        if (await shipments.Chain(creator, id, http.RequestAborted) is null)
            return Problems.NotFound();

        await work.Cancel([CancelScope.Chain(id)], clock.GetUtcNow());
        var chain = (await shipments.Chain(creator, id, http.RequestAborted))!;
        return chain.Shipments.Any(s => TooLate.ToCancel(s) is null)
            ? Results.Json(ChainResponse.Of(chain, TooLate.ToCancel))
            : Problems.Conflict(string.Join(' ', chain.Shipments.Select(s => $"{s.Id}: {TooLate.ToCancel(s)}")));
    }

    internal static async Task Cancel(this IUnitOfWorkFactory work, IEnumerable<CancelScope> scopes, DateTimeOffset now)
    {
        var cancel = work.Begin();
        foreach (var statement in scopes.SelectMany(scope => CancelShipments.Statements(scope, WireStatus.Cancelled, now)))
            cancel.Enlist(statement);
        await cancel.Commit(CancellationToken.None);
    }
}
