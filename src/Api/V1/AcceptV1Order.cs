using FluentValidation;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>
/// Takes an order of the first version, whichever of the three requests it came in: 202 after the one commit that holds the order, its
/// saga and what starts it. Recipients who cannot be reached today do not stop it; the answer says who they are.
/// </summary>
public sealed class AcceptV1Order(IUnitOfWorkFactory work, TimeProvider clock, PublicAddress address)
{
    /// <param name="http">The request.</param>
    /// <param name="validator">The rules of this kind of order.</param>
    /// <param name="bodyName">The name under which clients know the whole body in errors.</param>
    public async Task<IResult> Handle<T>(HttpContext http, V1OrderValidator<T> validator, string bodyName)
        where T : V1OrderRequest
    {
        var (request, problem) = await RequestBody.Read<T>(http.Request, bodyName);
        if (request is null)
            return problem!;

        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid(validation.Errors);

        var orderId = await Accept(request, Creator.Of(http.User)!, clock.GetUtcNow());
        return Results.Json(new V1OrderResponse(orderId, null), statusCode: StatusCodes.Status202Accepted).WithLocation(address.Of($"orders/{orderId}"));
    }

    private async Task<Guid> Accept(V1OrderRequest request, string creator, DateTimeOffset now)
    {
        var recipients = V1ShipmentOf.Recipients(request);
        var (order, shipment) = V1ShipmentOf.Request(request, recipients, creator, now);
        var unit = work.Begin();
        unit.Accept(order, [shipment]);
        await unit.Begin(shipment, SelectNotifications.Direct(recipients, shipment.ChannelSchema), now, CancellationToken.None);
        await unit.Commit(CancellationToken.None);
        return order.Id;
    }
}

/// <summary>The answer to an accepted order of the first version.</summary>
/// <param name="RecipientLookup">Left out when every recipient was given with an address.</param>
public sealed record V1OrderResponse(Guid OrderId, RecipientLookup? RecipientLookup);

/// <summary>What was found, today, about the recipients whose addresses are looked up.</summary>
/// <param name="Status"><c>Failed</c> when none of them can be reached.</param>
/// <param name="IsReserved">Persons who have reserved themselves against digital communication.</param>
/// <param name="MissingContact">Persons and organizations without an address for the order's channels.</param>
public sealed record RecipientLookup(RecipientLookupStatus Status, IReadOnlyList<string> IsReserved, IReadOnlyList<string> MissingContact);

public enum RecipientLookupStatus
{
    Success,
    PartialSuccess,
    Failed,
}
