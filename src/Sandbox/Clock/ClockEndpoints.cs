namespace Notifications.Sandbox.Clock;

internal static class ClockEndpoints
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(100 * 365);

    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        var clock = routes.MapGroup("/clock");
        clock.MapGet("/", (SandboxClock sandbox) => Face(sandbox));
        clock.MapPost("/advance", Advance);
        clock.MapGet("/follow", Follow);
    }

    private static async Task<IResult> Advance(AdvanceClock request, SandboxClock clock, HttpContext context)
    {
        if (!(request.Seconds > 0))
            return Results.Problem("seconds must be positive: the clock never goes back.", statusCode: 400);
        if (request.Seconds > Furthest.TotalSeconds || clock.OffsetSeconds + request.Seconds > Furthest.TotalSeconds)
            return Results.Problem("seconds is more than a hundred years.", statusCode: 400);

        await clock.Advance(TimeSpan.FromSeconds(request.Seconds), context.RequestAborted);
        return Results.Ok(Face(clock));
    }

    private static async Task<IResult> Follow(string host, long seen, SandboxClock clock, HttpContext context)
    {
        try
        {
            return Results.Ok(await clock.Follow(host, seen, context.RequestAborted));
        }
        catch (OperationCanceledException)
        {
            return Results.Empty;
        }
    }

    private static ClockFace Face(SandboxClock clock) => new(clock.Now, clock.OffsetSeconds);

    private sealed record AdvanceClock(double Seconds);

    private sealed record ClockFace(DateTimeOffset Now, double OffsetSeconds);
}
