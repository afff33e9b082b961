using MassTransit;
using Notifications.Api.Limits;
using Notifications.Api.Orders;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Composed;

/// <summary>Takes an e-mail with attachments in. The files themselves are fetched when it is due.</summary>
internal sealed class ComposedIntake(
    ComposedOrderValidator validator, SenderControl senders, DailyQuota quota, Admission admission, ReadShipments shipments, IUnitOfWorkFactory work, TimeProvider clock, PublicAddress address)
{
    /// <summary>The answer, after the commit. It comes from an earlier order with the same idempotency id where there is one.</summary>
    public async Task<IResult> Take(ComposedOrderRequest request, IReadOnlyList<string>? warnings, string creator, CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint.Of(request, WireJson.Options);
        if (await Replay(request, fingerprint, warnings, creator, cancellationToken) is { } replay)
            return replay;

        var validation = await senders.Validate(validator, request, creator, cancellationToken);
        if (!validation.IsValid)
            return Problems.Invalid<ComposedOrderRequest>(validation.Errors);
        if (await quota.Take(creator, cancellationToken) is { } usedUp)
            return usedUp;

        try
        {
            var accepted = await Accept(new ComposedOrder(request, creator, clock.GetUtcNow()), fingerprint);
            return Results.Json(accepted with { Warnings = warnings }, statusCode: StatusCodes.Status201Created)
                .WithLocation(address.Of($"orders/chain/{accepted.NotificationOrderId}"));
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "orders_idempotency" })
        {
            // Another request with the same id was faster; its answer is ours.
            return (await Replay(request, fingerprint, warnings, creator, cancellationToken))!;
        }
    }

    private async Task<IResult?> Replay(
        ComposedOrderRequest request, string fingerprint, IReadOnlyList<string>? warnings, string creator, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.IdempotencyId)
            || await shipments.Accepted(creator, OrderKind.Composed, request.IdempotencyId, cancellationToken) is not { Shipments: [var shipment] } accepted)
            return null;

        var differences = Fingerprint.Differences(accepted.Fingerprint, fingerprint);
        return differences.Count == 0
            ? Results.Json(new OrderResponse(accepted.Id, new(shipment.Id, shipment.SendersReference, Reminders: null)) { Warnings = warnings })
            : Problems.Conflict($"The idempotencyId was used for an order with other content. What differs: {string.Join(", ", differences)}.");
    }

    private async Task<OrderResponse> Accept(ComposedOrder composed, string fingerprint)
    {
        var order = composed.Order(fingerprint);
        var shipment = composed.Shipment(order.Id);
        var attachments = composed.Attachments(shipment.Id);

        var accepting = work.Begin();
        accepting.Accept(order, [shipment]);
        if (attachments.Count > 0)
            accepting.Enlist(KeepAttachments.Insert(shipment.Id, attachments));
        await accepting.Begin(shipment, Channel.Email, order.CreatedAt, CancellationToken.None, hasAttachments: attachments.Count > 0, joinsBacklog: admission.JoinsBacklog(order.Creator));
        await accepting.Commit(CancellationToken.None);
        return new OrderResponse(order.Id, new(shipment.Id, shipment.SendersReference, Reminders: null));
    }
}
