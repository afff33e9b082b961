using FluentValidation;
using MassTransit;
using Notifications.Api.Limits;
using Notifications.Api.Orders;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Consumers.HandOff;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Instant;

/// <summary>
/// Takes an instant message in and sends it, while the client waits. The message and the claim of its call are kept before the call is made;
/// from then on the client's leaving stops nothing, and a crash leaves a claim without an outcome, which is given up as every other is.
/// </summary>
internal sealed class InstantIntake(
    SenderControl senders, DailyQuota quota, ReadShipments shipments, InstantHandOffs handOffs, AttemptLedger ledger, ProviderChoice choice, ProviderCall call, ProviderGate gate,
    IUnitOfWorkFactory work, TimeProvider clock, PublicAddress address)
{
    /// <summary>201 by the request that has handed the message off, 200 by those after it, 503 when the provider certainly did not take it.</summary>
    public async Task<IResult> Take<T>(T request, IValidator<T> validator, IReadOnlyList<string>? warnings, string creator, CancellationToken cancellationToken)
        where T : InstantRequest
    {
        var fingerprint = request.Fingerprint();
        if (await Replay(request, fingerprint, warnings, creator, cancellationToken) is { } replay)
            return replay;

        var validation = await senders.Validate(validator, request, creator, cancellationToken);
        if (!validation.IsValid)
            return Problems.Invalid<T>(validation.Errors);
        if (await quota.Take(creator, cancellationToken) is { } usedUp)
            return usedUp;

        var (message, now) = (request.Message(), clock.GetUtcNow());
        var inTurn = await choice.For(message.Channel, creator, message.Address, cancellationToken);
        var claimed = message.Claimed(NewId.NextGuid(), attempt: 1, inTurn[0], now);
        var response = new OrderResponse(NewId.NextGuid(), new(NewId.NextGuid(), request.SendersReference, Reminders: null)) { Warnings = warnings };
        try
        {
            await Keep(request, fingerprint, creator, response, message, claimed, now);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "orders_idempotency" })
        {
            // Another request with the same id was faster, and sends the message.
            return (await Replay(request, fingerprint, warnings, creator, cancellationToken))!;
        }
        return await HandOff(message, claimed, inTurn, response);
    }

    private async Task<IResult?> Replay(InstantRequest request, string fingerprint, IReadOnlyList<string>? warnings, string creator, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.IdempotencyId)
            || await shipments.Accepted(creator, request.Kind, request.IdempotencyId, cancellationToken) is not { Shipments: [var shipment] } accepted)
            return null;

        var differences = Fingerprint.Differences(accepted.Fingerprint, fingerprint);
        if (differences.Count > 0)
            return Problems.Conflict($"The idempotencyId was used for a message with other content. What differs: {string.Join(", ", differences)}.");

        var response = new OrderResponse(accepted.Id, new(shipment.Id, shipment.SendersReference, Reminders: null)) { Warnings = warnings };
        var message = request.Message();
        var inTurn = await choice.For(message.Channel, creator, message.Address, cancellationToken);
        return await ClaimAgain(shipment.Id, message, inTurn) is { } claimed
            ? await HandOff(message, claimed, inTurn, response)
            : Results.Json(response);
    }

    private async Task<ClaimedNotification?> ClaimAgain(Guid shipmentId, InstantMessage message, IReadOnlyList<string> providers)
    {
        var now = clock.GetUtcNow();
        return await handOffs.ClaimAgain(shipmentId, providers, now + message.TimeToLive, CancellationToken.None) is var (id, attempt, provider)
            ? message.Claimed(id, attempt, provider, now)
            : null;
    }

    private async Task Keep(
        InstantRequest request, string fingerprint, string creator, OrderResponse response, InstantMessage message, ClaimedNotification claimed, DateTimeOffset now)
    {
        var order = new Order
        {
            Id = response.NotificationOrderId,
            Creator = creator,
            Kind = request.Kind,
            IdempotencyId = request.IdempotencyId,
            Fingerprint = fingerprint,
            CreatedAt = now,
        };
        var shipment = message.Shipment(response.Notification.ShipmentId, order.Id, creator, request.SendersReference, now);

        var keeping = work.Begin();
        keeping.Accept(order, [shipment]);
        keeping.BeginClaimed(shipment, message.Channel, now);
        keeping.Enlist(InstantHandOffs.FirstClaim(shipment.Id, claimed, now));
        await keeping.Commit(CancellationToken.None);
    }

    private async Task<IResult> HandOff(InstantMessage message, ClaimedNotification claimed, IReadOnlyList<string> providers, OrderResponse response)
    {
        await gate.Pass(claimed);
        var verdict = await call.Send(claimed);
        var settled = verdict.Settle(claimed, clock.GetUtcNow());
        if (verdict.Outcome == AttemptOutcome.Deferred)
        {
            await ledger.Settle(settled with { NextAttemptAt = null });
            var others = providers.Where(p => p != claimed.Provider).ToArray();
            if (others.Length > 0 && await ClaimAgain(response.Notification.ShipmentId, message, others) is { } again)
                return await HandOff(message, again, others, response);
            // The client is told, and decides whether the message is still wanted: nobody else makes another call.
            return Problems.Away();
        }
        await ledger.Settle(settled);
        return Results.Json(response, statusCode: StatusCodes.Status201Created).WithLocation(address.Of($"orders/chain/{response.NotificationOrderId}"));
    }
}
