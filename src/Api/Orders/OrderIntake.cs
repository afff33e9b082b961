using MassTransit;
using Notifications.Api.Limits;
using Notifications.Api.Senders;
using Notifications.Api.Templates;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;
using Npgsql;

namespace Notifications.Api.Orders;

/// <summary>Takes an order in, whether it came alone or in a batch.</summary>
internal sealed class OrderIntake(
    OrderRequestValidator validator, SenderControl senders, OrderedTemplates templates, UnknownResources resources, OrderedInstances instances, RegistrationLookup lookup, RecipientSettings recipients, DailyQuota quota, Admission admission,
    ReadShipments shipments, IUnitOfWorkFactory work, TimeProvider clock, PublicAddress address)
{
    /// <summary>The answer, after the commit. It comes from an earlier order with the same idempotency id where there is one.</summary>
    public async Task<IResult> Take(OrderRequest request, IReadOnlyList<string>? warnings, string creator, CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint.Of(request, WireJson.Options);
        if (await Replay(creator, request, warnings, fingerprint, cancellationToken) is { } replay)
            return replay;

        (request, var refusal) = await Prepare(request, creator, cancellationToken);
        if (refusal is not null)
            return refusal;

        var stale = recipients.AlwaysUsesStale(creator);
        if (await lookup.Find(ShipmentsOf.Sought(request, stale), cancellationToken) is { MissingContact.Count: > 0 })
            return Problems.Coded("NOT-00001", StatusCodes.Status422UnprocessableEntity, "Missing contact information for recipient(s)", "Unprocessable Entity");
        if (await quota.Take(creator, cancellationToken) is { } usedUp)
            return usedUp;

        try
        {
            var accepted = await Accept(request, creator, stale, fingerprint, work.Begin(), clock.GetUtcNow(), admission.JoinsBacklog(creator));
            return Results.Json(accepted with { Warnings = warnings }, statusCode: StatusCodes.Status201Created).WithLocation(address.Of($"orders/chain/{accepted.NotificationOrderId}"));
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "orders_idempotency" })
        {
            // Another request with the same id was faster; its answer is ours.
            return (await Replay(creator, request, warnings, fingerprint, cancellationToken))!;
        }
    }

    /// <summary>
    /// Makes the order of a rule for a step of an app instance, unless that step has one. There is nobody to tell that a recipient cannot be reached: the
    /// order's end says it.
    /// </summary>
    /// <returns>Null when the quota of the day is used up; else what became of the step.</returns>
    public async Task<RuleStep?> Take(OrderRequest request, RuleStep step, CancellationToken cancellationToken)
    {
        var validation = await senders.Validate(validator, request, step.Creator, cancellationToken);
        if (!validation.IsValid)
            return step with { Refusal = $"The order would not be valid: {string.Join(", ", validation.Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal))}." };
        if (await quota.Take(step.Creator, cancellationToken) is not null)
            return null;

        try
        {
            var accepted = await Accept(request, step.Creator, recipients.AlwaysUsesStale(step.Creator), fingerprint: null, work.Begin(), clock.GetUtcNow(), admission.JoinsBacklog(step.Creator), step);
            return step with { OrderId = accepted.NotificationOrderId };
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: RuleStep.Key })
        {
            // Another host was faster.
            return step;
        }
    }

    /// <summary>The request as it is to be kept, and what is wrong with it; null when nothing is.</summary>
    public async Task<(OrderRequest Request, IResult? Refusal)> Prepare(OrderRequest request, string creator, CancellationToken cancellationToken)
    {
        var validation = await senders.Validate(validator, request, creator, cancellationToken);
        if (!validation.IsValid)
            return (request, Problems.Invalid<OrderRequest>(validation.Errors));
        (request, var unfit) = await templates.Fill(request, creator, cancellationToken);
        if (unfit.Count > 0)
            return (request, Problems.Invalid<OrderRequest>(unfit));
        if (await resources.Find(request, cancellationToken) is { Count: > 0 } unknown)
            return (request, Problems.Invalid<OrderRequest>(unknown));
        (request, var failures) = await instances.Find(request, creator, cancellationToken);
        return (request, failures.Count > 0 ? Problems.Invalid<OrderRequest>(failures) : null);
    }

    /// <param name="request">The order, which is valid.</param>
    /// <param name="creator">Whose it is.</param>
    /// <param name="stale">Whether its recipients are reached by contact information that is out of date, too.</param>
    /// <param name="fingerprint">Null for what has no idempotency id.</param>
    /// <param name="work">What holds it all, and is committed.</param>
    /// <param name="now">When.</param>
    /// <param name="joinsBacklog">Whether it waits to be admitted.</param>
    /// <param name="step">The step of an app instance that it is made for, by a rule.</param>
    internal static async Task<OrderResponse> Accept(
        OrderRequest request, string creator, bool stale, string? fingerprint, OutboxUnitOfWork work, DateTimeOffset now, bool joinsBacklog = false, RuleStep? step = null)
    {
        request = request.Planned(now);
        var order = new Order
        {
            Id = NewId.NextGuid(),
            Creator = creator,
            Kind = step is null ? OrderKind.Notification : OrderKind.Rule,
            IdempotencyId = step is null ? request.IdempotencyId : null,
            Fingerprint = fingerprint,
            CreatedAt = now,
            DialogId = request.DialogportenAssociation?.DialogId,
            TransmissionId = request.DialogportenAssociation?.TransmissionId,
            ReminderPolicy = request.ReminderPolicy ?? ReminderPolicy.FollowMain,
        };
        var shipments = new ShipmentsOf(order.Id, creator, request, now, stale).All();
        RecipientRequest[] recipients = [request.Recipient, .. (request.Reminders ?? []).Select(r => r.Recipient)];

        work.Accept(order, shipments);
        if (step is not null)
            work.Enlist((step with { OrderId = order.Id }).Insert());
        foreach (var stop in request.StopOn ?? [])
            work.Enlist(Stop(order.Id, stop, request.InstanceConditions().First().Condition).Insert());
        foreach (var (shipment, recipient) in shipments.Zip(recipients))
            await work.Begin(shipment, ShipmentsOf.DirectChannel(recipient), now, CancellationToken.None, joinsBacklog: joinsBacklog);
        await work.Commit(CancellationToken.None);

        return Response(order.Id, [.. shipments.Select(s => new AcceptedShipment(s.Id, s.SendersReference))]);
    }

    private static OrderStop Stop(Guid orderId, string happened, InstanceConditionRequest instance) =>
        new() { OrderId = orderId, Event = happened, App = instance.App, InstanceId = instance.InstanceId.ToLowerInvariant() };

    private async Task<IResult?> Replay(string creator, OrderRequest request, IReadOnlyList<string>? warnings, string fingerprint, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.IdempotencyId)
            || await shipments.Accepted(creator, OrderKind.Notification, request.IdempotencyId, cancellationToken) is not { } accepted)
            return null;

        var differences = Fingerprint.Differences(accepted.Fingerprint, fingerprint);
        return differences.Count == 0
            ? Results.Json(Response(accepted.Id, accepted.Shipments) with { Warnings = warnings })
            : Problems.Conflict($"The idempotencyId was used for an order with other content. What differs: {string.Join(", ", differences)}.");
    }

    private static OrderResponse Response(Guid orderId, IReadOnlyList<AcceptedShipment> shipments)
    {
        var reminders = shipments.Skip(1).Select(s => new OrderResponse.Reminder(s.Id, s.SendersReference)).ToArray();
        return new(orderId, new(shipments[0].Id, shipments[0].SendersReference, reminders.Length > 0 ? reminders : null));
    }
}
