using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary><c>GET /orders/{id}/notifications/email</c> and <c>/sms</c>: every notification of an order over one channel.</summary>
public static class GetNotifications
{
    private const int PageSize = 1000;

    public static void MapGetNotifications(this IEndpointRouteBuilder routes)
    {
        Map(routes, Channel.Email);
        Map(routes, Channel.Sms);
    }

    private static void Map(IEndpointRouteBuilder routes, Channel channel) => routes
        .MapGet($"/orders/{{id}}/notifications/{V1Notifications.Name(channel)}", (string id, HttpContext http, NotificationsDbContext database) => Handle(id, channel, http, database))
        .WithName($"Get{channel}Notifications").WithTags("V1").WithSummary("Every notification of an order over one channel")
        .Produces<V1Notifications>()
        .ProducesValidationProblem()
        .Produces(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string id, Channel channel, HttpContext http, NotificationsDbContext database)
    {
        if (!Guid.TryParse(id, out var orderId))
            return OrderId.Invalid(id);

        var creator = Creator.Of(http.User)!;
        var notifications = database.Notifications.AsNoTracking().Where(n => n.ShipmentId == orderId && n.Channel == channel);
        var order = await database.Shipments.AsNoTracking()
            .Where(s => s.Id == orderId && s.Creator == creator)
            .Select(s => new
            {
                s.SendersReference,
                Generated = notifications.Count(),
                Succeeded = notifications.Count(n => V1Notifications.SucceededStates.Contains(n.State)),
            })
            .SingleOrDefaultAsync(http.RequestAborted);
        return order is null
            ? Results.NotFound()
            : Results.Json(new V1Notifications(orderId, order.SendersReference, order.Generated, order.Succeeded, Pages(notifications, http.RequestAborted)));
    }

    /// <summary>Read page by page while they are written, so that a slow reader holds neither memory nor a connection.</summary>
    private static async IAsyncEnumerable<V1Notifications.Line> Pages(IQueryable<Notification> notifications, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Notification> page;
        var last = Guid.Empty;
        do
        {
            page = await notifications.Where(n => n.Id > last).OrderBy(n => n.Id).Take(PageSize).ToListAsync(cancellationToken);
            foreach (var notification in page)
                yield return V1Notifications.Line.Of(notification);
            last = page.Count > 0 ? page[^1].Id : last;
        }
        while (page.Count == PageSize);
    }
}

/// <param name="Succeeded">How many the provider has taken and nobody has failed since.</param>
public sealed record V1Notifications(Guid OrderId, string? SendersReference, int Generated, int Succeeded, IAsyncEnumerable<V1Notifications.Line> Notifications)
{
    internal static readonly NotificationState[] SucceededStates = [NotificationState.Succeeded, NotificationState.Accepted, NotificationState.Delivered];

    internal static string Name(Channel channel) => channel == Channel.Email ? "email" : "sms";

    public sealed record Line(Guid Id, bool Succeeded, Recipient Recipient, StatusResponse SendStatus)
    {
        internal static Line Of(Notification n) => new(
            n.Id,
            SucceededStates.Contains(n.State),
            new(n.Channel == Channel.Email ? n.Address : null, n.Channel == Channel.Sms ? n.Address : null, n.OrganizationNumber, n.NationalIdentityNumber),
            new(V1Status.Of(n.State), V1Status.Describe(n.State), n.LastUpdate.UtcDateTime));
    }

    /// <summary>The address is empty when the recipient could not be reached; the status says why.</summary>
    public sealed record Recipient(string? EmailAddress, string? MobileNumber, string? OrganizationNumber, string? NationalIdentityNumber);
}
