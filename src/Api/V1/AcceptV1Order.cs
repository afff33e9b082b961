using Notifications.Api.Access;
using Notifications.Api.Limits;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>
/// Takes an order of the first version, whichever of the three requests it came in: 202 after the one commit that holds the order, its
/// saga and what starts it. Recipients who cannot be reached today do not stop it; the answer says who they are.
/// </summary>
public sealed class AcceptV1Order(
    SenderControl senders, RegistrationLookup lookup, DailyQuota quota, Admission admission, IUnitOfWorkFactory work, TimeProvider clock, PublicAddress address)
{
    /// <param name="http">The request.</param>
    /// <param name="validator">The rules of this kind of order.</param>
    /// <param name="bodyName">The name under which clients know the whole body in errors.</param>
    public async Task<IResult> Handle<T>(HttpContext http, V1OrderValidator<T> validator, string bodyName)
        where T : V1OrderRequest
    {
        var body = await RequestBody.Read<T>(http.Request, bodyName);
        if (body.Value is not { } request)
            return body.Problem!;

        var creator = Creator.Of(http.User)!;
        var validation = await senders.Validate(validator, request, creator, http.RequestAborted);
        if (!validation.IsValid)
            return Problems.Invalid<T>(validation.Errors);

        var recipients = V1ShipmentOf.Recipients(request);
        var (order, shipment) = V1ShipmentOf.Request(request, recipients, creator, clock.GetUtcNow());
        var found = await lookup.Find(
            [new SoughtRecipients(shipment.ChannelSchema, recipients, shipment.ResourceId, IgnoreReservation: shipment.IgnoreReservation == true)], http.RequestAborted);
        if (await quota.Take(creator, http.RequestAborted) is { } usedUp)
            return usedUp;

        var accepting = work.Begin();
        accepting.Accept(order, [shipment]);
        await accepting.Begin(shipment, SelectNotifications.Direct(recipients, shipment.ChannelSchema), shipment.CreatedAt, CancellationToken.None, joinsBacklog: admission.JoinsBacklog(creator));
        await accepting.Commit(CancellationToken.None);
        return Results.Json(new V1OrderResponse(order.Id, found, body.Warnings), statusCode: StatusCodes.Status202Accepted).WithLocation(address.Of($"orders/{order.Id}"));
    }
}

/// <summary>The answer to an accepted order of the first version.</summary>
/// <param name="RecipientLookup">Left out when every recipient was given with an address.</param>
/// <param name="Warnings">What the client has written and nobody reads.</param>
public sealed record V1OrderResponse(Guid OrderId, RecipientLookup? RecipientLookup, IReadOnlyList<string>? Warnings);
