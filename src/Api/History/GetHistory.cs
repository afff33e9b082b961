using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.History;

/// <summary>
/// <c>GET /future/shipment/{id}/history</c>: everything that was decided, done and reported about one shipment, with its reasons; nobody's
/// address and no text.
/// </summary>
public static class GetHistory
{
    public static void MapGetHistory(this IEndpointRouteBuilder routes) => routes
        .MapGet("/future/shipment/{id:guid}/history", Handle)
        .WithName("GetHistory").WithTags("Status").WithSummary("What happened to one shipment, and why")
        .Produces<IReadOnlyList<HistoryResponse>>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="id">The shipment.</param>
    /// <param name="after">The sequence of the last line that is known already; lines come 10,000 at a time.</param>
    /// <param name="http">The request.</param>
    /// <param name="history">The tables.</param>
    private static async Task<IResult> Handle(Guid id, long? after, HttpContext http, ReadHistory history) =>
        await history.Lines(Creator.Of(http.User)!, id, Math.Max(0, after ?? 0), http.RequestAborted) is { } lines
            ? Results.Json(lines.Select(HistoryResponse.Of))
            : Problems.Coded("NOT-00003", StatusCodes.Status404NotFound, "Shipment not found", "Not Found");
}

/// <summary>One line of a shipment's history.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What happened.</param>
/// <param name="State">The state that came of it: the shipment's, or with a channel the notification's.</param>
/// <param name="Channel"><c>Email</c> or <c>SMS</c>.</param>
/// <param name="NotificationId">The notification.</param>
/// <param name="Attempt">Which try to hand it to the provider.</param>
/// <param name="Reason">Why.</param>
/// <param name="ProviderState">The provider's own word.</param>
/// <param name="Provider">Who was called, as the attempts name them; <c>stand-in</c> where nobody was reached.</param>
public sealed record HistoryResponse(
    long Sequence, DateTime At, HistoryKind Kind, string? State, string? Channel, Guid? NotificationId, int? Attempt, string? Reason, string? ProviderState, string? Provider)
{
    internal static HistoryResponse Of(HistoryLine line) => new(
        line.Sequence, line.At.UtcDateTime, line.Kind,
        line is { State: { } state, Channel: { } channel } ? WireStatus.Of(channel, Enum.Parse<NotificationState>(state)) : line.State,
        line.Channel?.WireName, line.NotificationId, line.Attempt, line.Reason, line.ProviderState, line.Provider);
}
