using FluentValidation;
using Notifications.Api.Access;
using Notifications.Api.Composed;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Durability;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Chains;

/// <summary>
/// <c>PUT /orders/{shipmentId}/reschedule</c>: gives a shipment that still waits another send time. Reminders that were ordered a number of
/// days after a main shipment keep that distance. 409 when the shipment waits no longer.
/// </summary>
public static class PutReschedule
{
    private const string BodyName = "rescheduleRequest";

    public static void MapPutReschedule(this IEndpointRouteBuilder routes) => routes
        .MapPut("/orders/{id:guid}/reschedule", Handle)
        .WithName("Reschedule").WithTags("Order").WithSummary("Give a waiting shipment another send time")
        .Accepts<RescheduleRequest>("application/json")
        .Produces<ChainResponse>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, RescheduleRequestValidator validator, ReadShipments shipments, AttachmentFiles files, IUnitOfWorkFactory work, TimeProvider clock)
    {
        var (request, problem) = await RequestBody.Read<RescheduleRequest>(http.Request, BodyName);
        if (request is null)
            return problem!;
        var validation = validator.Validate(request);
        if (!validation.IsValid)
            return Problems.Invalid<RescheduleRequest>(validation.Errors);

        var creator = Creator.Of(http.User)!;
        if (await shipments.OrderOf(creator, id, http.RequestAborted) is not { } orderId)
            return Problems.NotFound();

        var sendTime = new DateTimeOffset(request.RequestedSendTime!.Value.ToUniversalTime());
        if (await files.GoodUntil(id, http.RequestAborted) - sendTime < ComposedOrderValidator.TimeToFetch)
            return Problems.Invalid<RescheduleRequest>([new(nameof(RescheduleRequest.RequestedSendTime), "The addresses of the attachments are not good for so long.")]);

        await using var transaction = await work.BeginTransaction(http.RequestAborted);
        if (!await transaction.Reschedule(id, sendTime, clock.GetUtcNow(), http.RequestAborted))
            return Problems.Conflict("The shipment waits no longer; its send time cannot be changed any more.");
        await transaction.Commit(CancellationToken.None);
        return Results.Json(ChainResponse.Of((await shipments.Chain(creator, orderId, http.RequestAborted))!));
    }
}

/// <summary>The body of a change of the send time.</summary>
public sealed record RescheduleRequest
{
    /// <summary>When to send, with a time zone.</summary>
    public required DateTime? RequestedSendTime { get; init; }
}

public sealed class RescheduleRequestValidator : AbstractValidator<RescheduleRequest>
{
    public RescheduleRequestValidator(TimeProvider clock)
    {
        RuleFor(r => r.RequestedSendTime).NotNull();
        RuleFor(r => r.RequestedSendTime).SendTime(clock);
    }
}
