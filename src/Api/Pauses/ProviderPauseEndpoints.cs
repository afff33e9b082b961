using Notifications.Api.Access;
using Notifications.Store;

namespace Notifications.Api.Pauses;

/// <summary>
/// <c>GET /providers/pauses</c>: which providers, or senders at them, are not called at present, and why; <c>DELETE</c> of one lets messages go
/// at once, for whoever has mended what was wrong.
/// </summary>
public static class ProviderPauseEndpoints
{
    public static void MapProviderPauses(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/providers/pauses", List)
            .RequireAuthorization(AccessRegistration.MayOperate)
            .WithName("GetProviderPauses").WithTags("Operations").WithSummary("Providers that are not called at present")
            .Produces<ProviderPauseResponse[]>();
        routes.MapDelete("/providers/{provider}/pauses", End)
            .RequireAuthorization(AccessRegistration.MayOperate)
            .WithName("EndProviderPauses").WithTags("Operations").WithSummary("Call a provider again at once")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext http, ProviderPauses pauses, TimeProvider clock) =>
        Results.Json((await pauses.Current(http.RequestAborted)).Select(p => ProviderPauseResponse.Of(p, clock.GetUtcNow())));

    private static async Task<IResult> End(string provider, HttpContext http, ProviderPauses pauses) =>
        !provider.Contains('\0', StringComparison.Ordinal) && await pauses.End(provider, http.RequestAborted) ? Results.NoContent() : Results.NotFound();
}

/// <param name="Provider">As the attempts name it.</param>
/// <param name="Sender">Whose messages wait; absent when all do.</param>
/// <param name="Cause"><c>Throttled</c>, <c>Misconfigured</c> or <c>Unavailable</c>.</param>
/// <param name="Answer">What the provider answered.</param>
/// <param name="Until">When the next message goes ahead of the others.</param>
/// <param name="Tries">How many messages in a row were not taken.</param>
/// <param name="IsHalfOpen">The time is over: the next message goes ahead, and decides whether the others follow.</param>
public sealed record ProviderPauseResponse(string Provider, string? Sender, PauseCause Cause, string Answer, DateTime Since, DateTime Until, int Tries, bool IsHalfOpen)
{
    internal static ProviderPauseResponse Of(ProviderPause pause, DateTimeOffset now) => new(
        pause.Provider,
        pause.Sender switch
        {
            ProviderPause.Everybody => null,
            ProviderPause.DefaultSender => "default",
            var sender => sender,
        },
        pause.Cause, pause.Answer, pause.Since.UtcDateTime, pause.Until.UtcDateTime, pause.Tries, pause.IsOver(now));
}
