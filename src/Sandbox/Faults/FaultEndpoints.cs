namespace Notifications.Sandbox.Faults;

internal static class FaultEndpoints
{
    public static TBuilder CanFail<TBuilder>(this TBuilder endpoints, params string[] targets)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new FaultTarget(targets));

    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/faults", (FaultBoard board) => board.Current);
        routes.MapPost("/faults", Set);
    }

    private static IResult Set(SetFault request, FaultBoard board)
    {
        var mode = request.Mode ?? "none";
        if (!FaultBoard.Targets.Contains(request.Target))
            return Results.Problem("target must be one of " + string.Join(", ", FaultBoard.Targets), statusCode: 400);
        if (!FaultBoard.Modes.Contains(mode))
            return Results.Problem("mode must be one of " + string.Join(", ", FaultBoard.Modes), statusCode: 400);
        if (request.Count < 1 || request.LatencyMs < 0 || request.ReportDelayMs < 0)
            return Results.Problem("count must be positive, latencyMs and reportDelayMs not negative.", statusCode: 400);

        board.Set(new Fault(request.Target!, mode, request.Count, request.About, request.LatencyMs ?? 0, request.ReportDelayMs ?? 0));
        return Results.Ok(board.Current);
    }

    private sealed record SetFault(string? Target, string? Mode, int? Count, string? About, int? LatencyMs, int? ReportDelayMs);
}
