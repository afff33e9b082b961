using FluentValidation;
using MassTransit;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Orders;

/// <summary>
/// <c>POST /future/orders</c>: answers 201 after the one commit that holds the order, its sagas and what starts them, and 200 with the same
/// body when the order was accepted before.
/// </summary>
public static class PostOrder
{
    private const string BodyName = "notificationOrderRequest";

    public static void MapPostOrder(this IEndpointRouteBuilder routes) => routes
        .MapPost("/future/orders", Handle)
        .WithName("PostOrder").WithTags("Order").WithSummary("Order a notification, with reminders")
        .Accepts<OrderRequest>("application/json")
        .Produces<OrderResponse>(StatusCodes.Status201Created)
        .Produces<OrderResponse>(StatusCodes.Status200OK)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Handle(
        HttpContext http, OrderRequestValidator validator, RegistrationLookup lookup, RecipientSettings recipients, ReadShipments shipments,
        IUnitOfWorkFactory work, TimeProvider clock, PublicAddress address)
    {
        var (request, problem) = await RequestBody.Read<OrderRequest>(http.Request, BodyName);
        if (request is null)
            return problem!;

        var creator = Creator.Of(http.User)!;
        var fingerprint = Fingerprint.Of(request, WireJson.Options);
        if (await Replay(shipments, creator, request, fingerprint, http.RequestAborted) is { } replay)
            return replay;

        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid(validation.Errors);

        var stale = recipients.AlwaysUsesStale(creator);
        if (await lookup.Find(ShipmentsOf.Sought(request, stale), http.RequestAborted) is { MissingContact.Count: > 0 })
            return Problems.Coded("NOT-00001", StatusCodes.Status422UnprocessableEntity, "Missing contact information for recipient(s)", "Unprocessable Entity");

        try
        {
            var accepted = await Accept(request, creator, stale, fingerprint, work.Begin(), clock.GetUtcNow());
            return Results.Json(accepted, statusCode: StatusCodes.Status201Created).WithLocation(address.Of($"orders/chain/{accepted.NotificationOrderId}"));
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "orders_idempotency" })
        {
            // Another request with the same id was faster; its answer is ours.
            return (await Replay(shipments, creator, request, fingerprint, http.RequestAborted))!;
        }
    }

    internal static async Task<OrderResponse> Accept(OrderRequest request, string creator, bool stale, string fingerprint, OutboxUnitOfWork work, DateTimeOffset now)
    {
        var order = new Order
        {
            Id = NewId.NextGuid(),
            Creator = creator,
            Kind = OrderKind.Notification,
            IdempotencyId = request.IdempotencyId,
            Fingerprint = fingerprint,
            CreatedAt = now,
            DialogId = request.DialogportenAssociation?.DialogId,
            TransmissionId = request.DialogportenAssociation?.TransmissionId,
            ReminderPolicy = request.ReminderPolicy ?? ReminderPolicy.FollowMain,
        };
        var shipments = new ShipmentsOf(order.Id, creator, request, now, stale).All();
        RecipientRequest[] recipients = [request.Recipient, .. (request.Reminders ?? []).Select(r => r.Recipient)];

        work.Accept(order, shipments);
        foreach (var (shipment, recipient) in shipments.Zip(recipients))
            await work.Begin(shipment, ShipmentsOf.DirectChannel(recipient), now, CancellationToken.None);
        await work.Commit(CancellationToken.None);

        return Response(order.Id, [.. shipments.Select(s => new AcceptedShipment(s.Id, s.SendersReference))]);
    }

    private static async Task<IResult?> Replay(ReadShipments shipments, string creator, OrderRequest request, string fingerprint, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.IdempotencyId)
            || await shipments.Accepted(creator, OrderKind.Notification, request.IdempotencyId, cancellationToken) is not { } accepted)
            return null;

        var differences = Fingerprint.Differences(accepted.Fingerprint, fingerprint);
        return differences.Count == 0
            ? Results.Json(Response(accepted.Id, accepted.Shipments))
            : Problems.Conflict($"The idempotencyId was used for an order with other content. What differs: {string.Join(", ", differences)}.");
    }

    private static OrderResponse Response(Guid orderId, IReadOnlyList<AcceptedShipment> shipments)
    {
        var reminders = shipments.Skip(1).Select(s => new OrderResponse.Reminder(s.Id, s.SendersReference)).ToArray();
        return new(orderId, new(shipments[0].Id, shipments[0].SendersReference, reminders.Length > 0 ? reminders : null));
    }
}
