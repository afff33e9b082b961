using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Senders;

/// <summary><c>GET /senders</c>: the caller's own verified senders; <c>GET /senders/{creator}</c>: anybody's, for whoever keeps the registry.</summary>
public static class GetSenders
{
    public static void MapGetSenders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/senders", (HttpContext http, VerifiedSenders senders) => Answer(Creator.Of(http.User)!, senders, http.RequestAborted))
            .RequireAuthorization(AccessRegistration.MayCreate)
            .WithName("GetOwnSenders").WithTags("Senders").WithSummary("Under which names you may send")
            .Produces<SenderResponse[]>();
        routes.MapGet("/senders/{creator}", (string creator, HttpContext http, VerifiedSenders senders) => Answer(creator, senders, http.RequestAborted))
            .RequireAuthorization(AccessRegistration.MayKeepSenders)
            .WithName("GetSenders").WithTags("Senders").WithSummary("Under which names a creator may send")
            .Produces<SenderResponse[]>();
    }

    private static async Task<IResult> Answer(string creator, VerifiedSenders senders, CancellationToken cancellationToken) =>
        Results.Json((await senders.Of(creator, cancellationToken)).Select(s => new SenderResponse(s.Channel, s.Sender, s.VerifiedAt.UtcDateTime)));
}

/// <param name="Channel"><c>Email</c> or <c>Sms</c>.</param>
/// <param name="Sender">An e-mail address, <c>@</c> and a domain, or the sender of an SMS.</param>
/// <param name="VerifiedAt">Since when.</param>
public sealed record SenderResponse(Channel Channel, string Sender, DateTime VerifiedAt);
