using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.History;

/// <summary>
/// <c>GET /future/shipment/{id}/explain</c>: the history as a short story, and what happens next, in Norwegian or English by
/// <c>language</c> (or <c>lang</c>) or else by <c>Accept-Language</c>.
/// </summary>
public static class GetExplanation
{
    public static void MapGetExplanation(this IEndpointRouteBuilder routes) => routes
        .MapGet("/future/shipment/{id:guid}/explain", Handle)
        .WithName("ExplainShipment").WithTags("Status").WithSummary("The story of one shipment, in plain words")
        .Produces<ExplanationResponse>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(Guid id, string? language, string? lang, HttpContext http, ReadHistory history)
    {
        var creator = Creator.Of(http.User)!;
        if (await history.Lines(creator, id, after: 0, http.RequestAborted) is not { } lines || await history.Awaited(creator, id, http.RequestAborted) is not { } awaited)
            return Problems.Coded("NOT-00003", StatusCodes.Status404NotFound, "Shipment not found", "Not Found");

        var tongue = Tongue.Of(language ?? lang ?? http.Request.Headers.AcceptLanguage.ToString());
        http.Response.Headers.ContentLanguage = tongue.Code;
        return Results.Json(new ExplanationResponse([.. Story.Of(lines, tongue)], [.. Story.Next(awaited, tongue).Select(n => new ExplanationResponse.Awaited(n.At.UtcDateTime, n.What))]));
    }
}

/// <summary>What happened to a shipment, sentence by sentence, and what happens next.</summary>
public sealed record ExplanationResponse(IReadOnlyList<string> Story, IReadOnlyList<ExplanationResponse.Awaited> Next)
{
    public sealed record Awaited(DateTime At, string What);
}
