using Notifications.Sandbox.Link;

namespace Notifications.Sandbox.Answers;

internal static class ScriptEndpoints
{
    public static void MapScripts(this IEndpointRouteBuilder routes) => routes.MapPut("/answers/{recipient}", (string recipient, Script script, Scripts scripts) =>
    {
        if (script.Answer is { Status: < 200 or > 599 } or { Times: < 1 })
            return Results.Problem("answer.status must be from 200 to 599, and answer.times positive.", statusCode: 400);
        if (script.Answer is { Status: StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified } bare && (bare.Body is { Length: > 0 } || bare.Fault is "slow" or "huge"))
            return Results.Problem("An answer of this status has no body.", statusCode: 400);
        if (script.Answer?.Fault is { } fault && !ScriptedAnswer.Faults.Contains(fault, StringComparer.Ordinal))
            return Results.Problem("answer.fault must be one of " + string.Join(", ", ScriptedAnswer.Faults), statusCode: 400);

        scripts.Put(recipient.Contains('@', StringComparison.Ordinal) ? recipient : SmsIntake.Bare(recipient), script);
        return Results.NoContent();
    });
}
