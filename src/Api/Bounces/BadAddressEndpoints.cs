using Notifications.Api.Access;
using Notifications.Store;

namespace Notifications.Api.Bounces;

/// <summary>
/// <c>GET /badaddresses</c>: where a creator's messages are not sent for a while, because they bounced; <c>DELETE</c> of one lets the next
/// message go there again.
/// </summary>
public static class BadAddressEndpoints
{
    private const int Most = 1000;

    public static void MapBadAddresses(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/badaddresses", List)
            .RequireAuthorization(AccessRegistration.MayCreate)
            .WithName("GetBadAddresses").WithTags("Status").WithSummary("Addresses that are not sent to for a while")
            .Produces<BadAddressResponse[]>();
        routes.MapDelete("/badaddresses/{channel}/{address}", Forget)
            .RequireAuthorization(AccessRegistration.MayCreate)
            .WithName("DeleteBadAddress").WithTags("Status").WithSummary("Send to an address again")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext http, Store.BadAddresses addresses) =>
        Results.Json((await addresses.Of(Creator.Of(http.User)!, Most, http.RequestAborted))
            .Select(a => new BadAddressResponse(a.Channel, a.Address.ToLowerInvariant(), a.Reason, a.Since.UtcDateTime, a.Until.UtcDateTime)));

    private static async Task<IResult> Forget(string channel, string address, HttpContext http, Store.BadAddresses addresses) =>
        Channel.Known(channel) is { } known && !address.Contains('\0', StringComparison.Ordinal)
            && await addresses.Forget(Creator.Of(http.User)!, known, address, http.RequestAborted)
            ? Results.NoContent()
            : Results.NotFound();
}

/// <param name="Channel"><c>Email</c> or <c>Sms</c>.</param>
/// <param name="Address">In lower case; a number without its plus.</param>
/// <param name="Reason">What was reported.</param>
/// <param name="Until">From then on the next message is sent again.</param>
public sealed record BadAddressResponse(Channel Channel, string Address, NotificationState Reason, DateTime Since, DateTime Until);
