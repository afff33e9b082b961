using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary><c>GET /orders/{id}/status</c>: where an order stands, and how many of its notifications have succeeded.</summary>
public static class GetOrderStatus
{
    public static void MapGetOrderStatus(this IEndpointRouteBuilder routes) => routes
        .MapGet("/orders/{id}/status", Handle)
        .WithName("GetOrderStatus").WithTags("V1").WithSummary("Where an order stands")
        .Produces<V1OrderStatus>()
        .ProducesValidationProblem()
        .Produces(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string id, HttpContext http, ReadOrderStatus status) =>
        !Guid.TryParse(id, out var orderId) ? OrderId.Invalid(id)
        : await status.Read(Creator.Of(http.User)!, orderId, http.RequestAborted) is { } found ? Results.Json(found)
        : Results.NotFound();
}

/// <summary>Reads where an order stands.</summary>
public sealed class ReadOrderStatus(NotificationsDbContext database, PublicAddress address)
{
    public async Task<V1OrderStatus?> Read(string creator, Guid id, CancellationToken cancellationToken)
    {
        var order = await database.Shipments.AsNoTracking()
            .Where(s => s.Id == id && s.Creator == creator)
            .Join(database.OrderStates, s => s.Id, o => o.CorrelationId, (s, o) => new
            {
                s.SendersReference, s.RequestedSendTime, s.CreatedAt, s.ChannelSchema, s.IgnoreReservation, s.ResourceId, s.ResourceAction, s.ConditionEndpoint, o.CurrentState, o.StateSince,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (order is null)
            return null;

        var (status, description) = V1Status.Of(order.CurrentState);
        return new V1OrderStatus
        {
            Id = id,
            SendersReference = order.SendersReference,
            RequestedSendTime = order.RequestedSendTime.UtcDateTime,
            Creator = creator,
            Created = order.CreatedAt.UtcDateTime,
            NotificationChannel = order.ChannelSchema,
            IgnoreReservation = order.IgnoreReservation,
            ResourceId = order.ResourceId,
            ResourceAction = order.ResourceAction,
            ConditionEndpoint = order.ConditionEndpoint,
            ProcessingStatus = new StatusResponse(status, description, order.StateSince.UtcDateTime),
            NotificationsStatusSummary = await Summary(id, cancellationToken),
        };
    }

    /// <summary>The state of the order's saga; null when there is no such order.</summary>
    public Task<string?> State(string creator, Guid id, CancellationToken cancellationToken) => database.Shipments.AsNoTracking()
        .Where(s => s.Id == id && s.Creator == creator)
        .Join(database.OrderStates, s => s.Id, o => o.CorrelationId, (_, o) => o.CurrentState)
        .SingleOrDefaultAsync(cancellationToken);

    private async Task<V1OrderStatus.Summary?> Summary(Guid id, CancellationToken cancellationToken)
    {
        var channels = await database.Notifications.AsNoTracking()
            .Where(n => n.ShipmentId == id)
            .GroupBy(n => n.Channel)
            .Select(all => new { Channel = all.Key, Generated = all.Count(), Succeeded = all.Count(n => V1Notifications.SucceededStates.Contains(n.State)) })
            .ToDictionaryAsync(all => all.Channel, cancellationToken);
        return channels.Count == 0 ? null : new V1OrderStatus.Summary(Of(Channel.Email), Of(Channel.Sms));

        V1OrderStatus.Count? Of(Channel channel) => channels.GetValueOrDefault(channel) is { } all
            ? new(new(address.Of($"orders/{id}/notifications/{V1Notifications.Name(channel)}")), all.Generated, all.Succeeded)
            : null;
    }
}

/// <summary>Where an order stands.</summary>
public sealed record V1OrderStatus : V1OrderBase
{
    public required StatusResponse ProcessingStatus { get; init; }

    /// <summary>Left out until the first notification is made.</summary>
    public Summary? NotificationsStatusSummary { get; init; }

    public sealed record Summary(Count? Email, Count? Sms);

    /// <param name="Succeeded">How many the provider has taken and nobody has failed since: delivered ones, and those that may still be delivered.</param>
    public sealed record Count(SelfLink Links, int Generated, int Succeeded);

    public sealed record SelfLink(string Self);
}

public sealed record StatusResponse(string Status, string? Description, DateTime LastUpdate);
