using Notifications.Api.Access;
using Notifications.Store;

namespace Notifications.Api.Pauses;

/// <summary><c>GET /providers/duplicates</c>: messages that were about to be made twice and were not, by day and by what prevented it; those of the last thirty days.</summary>
public static class GetPreventedDuplicates
{
    private const int Days = 30;

    public static void MapGetPreventedDuplicates(this IEndpointRouteBuilder routes) => routes
        .MapGet("/providers/duplicates", Handle)
        .RequireAuthorization(AccessRegistration.MayOperate)
        .WithName("GetPreventedDuplicates").WithTags("Operations").WithSummary("Messages that were about to be made twice")
        .Produces<PreventedDuplicatesResponse[]>();

    private static async Task<IResult> Handle(HttpContext http, CountDuplicates duplicates, TimeProvider clock) =>
        Results.Json((await duplicates.Since(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-Days), http.RequestAborted))
            .Select(p => new PreventedDuplicatesResponse(p.Day, p.Kind, p.Count)));
}

/// <param name="Day">By UTC.</param>
/// <param name="Kind"><c>ClaimTaken</c>: a hand-off came again when its claim was given. <c>CallRepeated</c>: a call of unknown outcome was repeated under its key.
/// <c>UnknownNotRepeated</c>: a call of unknown outcome that nobody would know again was not repeated.</param>
/// <param name="Count">How often.</param>
public sealed record PreventedDuplicatesResponse(DateOnly Day, DuplicateKind Kind, long Count);
