using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Answers;

/// <param name="Body">With <c>{reference}</c> where a gateway's name for the message is to be; the line that a mail server says.</param>
/// <param name="Times">How many messages are answered so; all of them when it is not set.</param>
/// <param name="Takes">Whether the message is taken, whatever the answer says.</param>
/// <param name="Fault">What becomes of the answer on its way: one of <see cref="Faults"/>.</param>
internal sealed record ScriptedAnswer(
    int Status = StatusCodes.Status200OK, string? Body = null, IReadOnlyDictionary<string, string>? Headers = null, int? Times = null, bool Takes = false, string? Fault = null)
{
    /// <summary>The connection breaks; the answer comes a byte at a time, and never to its end; there is no end of it.</summary>
    public static readonly string[] Faults = ["reset", "slow", "huge"];

    public async Task<IResult> Give(HttpContext context, string reference = "")
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            context.Response.Headers[name] = value;
        try
        {
            await (Fault switch
            {
                "reset" => Break(context),
                "slow" => BrokenAnswer.Drip(context, until: Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)),
                "huge" => BrokenAnswer.Flood(context),
                _ when Body is { Length: > 0 } => context.Response.WriteAsync(Body.Replace("{reference}", reference, StringComparison.Ordinal), context.RequestAborted),
                _ => Task.CompletedTask,
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up.
        }
        return Results.Empty;
    }

    private static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
