using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notifications.Api.Access;
using Notifications.Api.Senders;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.V1;

/// <summary>
/// <c>GET /orders?sendersReference=</c>: the orders of one reference, oldest first. All of them, or with <c>pageSize</c> so many, and a link to those
/// that follow.
/// </summary>
public static class GetOrders
{
    public const int LargestPage = 500;

    public static void MapGetOrders(this IEndpointRouteBuilder routes) => routes
        .MapGet("/orders", Handle)
        .WithName("GetOrders").WithTags("V1").WithSummary("The orders of one reference")
        .Produces<V1Orders>()
        .ProducesValidationProblem();

    private static async Task<IResult> Handle(
        HttpContext http, NotificationsDbContext database, SenderSettings senders, PublicAddress address, string? sendersReference, string? pageSize, string? after)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(sendersReference))
            errors["sendersReference"] = ["A value for the 'sendersReference' parameter or property was not provided."];
        else if (sendersReference.Contains('\0', StringComparison.Ordinal))
            errors["sendersReference"] = ["The text holds the character U+0000."];
        int? size = null;
        if (pageSize is not null)
        {
            if (int.TryParse(pageSize, CultureInfo.InvariantCulture, out var given))
                size = Math.Clamp(given, 1, LargestPage);
            else
                errors["pageSize"] = ["Give a number."];
        }
        PageCursor? cursor = null;
        if (after is not null && !PageCursor.TryParse(after, out cursor))
            errors["after"] = ["Give the value of the link to the next page."];
        if (errors.Count > 0)
            return Problems.Invalid(errors);

        var creator = Creator.Of(http.User)!;
        var orders = Orders(database, creator, sendersReference!, cursor);
        return Results.Json(size is { } some
            ? await Page(orders, some, sendersReference!, senders, address, http.RequestAborted)
            : await All(orders, database, senders, address, http));
    }

    private static IQueryable<Shipment> Orders(NotificationsDbContext database, string creator, string reference, PageCursor? after)
    {
        var orders = database.Shipments.AsNoTracking().Where(s => s.Creator == creator && s.SendersReference == reference);
        if (after is not null)
            orders = orders.Where(s => EF.Functions.GreaterThan(ValueTuple.Create(s.CreatedAt, s.Id), ValueTuple.Create(after.Time, after.Id)));
        return orders.OrderBy(s => s.CreatedAt).ThenBy(s => s.Id);
    }

    private static async Task<V1Orders> Page(
        IQueryable<Shipment> orders, int size, string reference, SenderSettings senders, PublicAddress address, CancellationToken cancellationToken)
    {
        var page = await orders.Take(size + 1).ToListAsync(cancellationToken);
        var more = page.Count > size;
        var shown = page.Take(size).ToArray();
        var next = more
            ? address.Of($"orders?sendersReference={Uri.EscapeDataString(reference)}&pageSize={size}&after={new PageCursor(shown[^1].CreatedAt, shown[^1].Id)}")
            : null;
        return new V1Orders(shown.Length, shown.Select(s => V1Order.Of(s, senders, address)).ToAsyncEnumerable(), next is null ? null : new V1Orders.PageLinks(next));
    }

    /// <summary>However many they are, they are written as they are read; the count and they are of one moment.</summary>
    private static async Task<V1Orders> All(
        IQueryable<Shipment> orders, NotificationsDbContext database, SenderSettings senders, PublicAddress address, HttpContext http)
    {
        http.Response.RegisterForDisposeAsync(await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, http.RequestAborted));
        var count = await orders.CountAsync(http.RequestAborted);
        return new V1Orders(count, orders.AsAsyncEnumerable().Select(s => V1Order.Of(s, senders, address)), null);
    }
}

/// <param name="Count">How many orders this answer holds.</param>
/// <param name="Links">Where the next ones are; left out when there are none.</param>
public sealed record V1Orders(int Count, IAsyncEnumerable<V1Order> Orders, V1Orders.PageLinks? Links)
{
    public sealed record PageLinks(string Next);
}
