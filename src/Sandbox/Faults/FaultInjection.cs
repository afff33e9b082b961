using System.Text;
using Notifications.Sandbox.Link;

namespace Notifications.Sandbox.Faults;

/// <summary>Marks the endpoints of one neighbour.</summary>
internal sealed record FaultTarget(IReadOnlyList<string> Names);

/// <summary>Stands before the endpoints of a neighbour and breaks what the board says.</summary>
internal sealed class FaultInjection(RequestDelegate next, FaultBoard board)
{
    private const string Nonsense = "<<{]\u0001 garbage \u0002[}>>";

    public Task InvokeAsync(HttpContext context)
    {
        var targets = context.GetEndpoint()?.Metadata.GetMetadata<FaultTarget>()?.Names ?? [];
        return targets.Select(board.For).FirstOrDefault(found => found is not null) is { } fault ? Break(context, fault) : next(context);
    }

    private async Task Break(HttpContext context, Fault fault)
    {
        try
        {
            if (fault.Count == 0 || !await IsMeant(context.Request, fault) || !fault.Hits())
            {
                await next(context);
                return;
            }

            // The network's latency, not the workflow's time: real time.
            if (fault.LatencyMs > 0)
                await Task.Delay(fault.LatencyMs, context.RequestAborted);
            await Answer(context, fault);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up.
        }
    }

    private static async Task<bool> IsMeant(HttpRequest request, Fault fault)
    {
        if (fault.About is not { } about || request.Path.Value!.Contains(about, StringComparison.OrdinalIgnoreCase))
            return true;

        request.EnableBuffering();
        using var body = new StreamReader(request.Body, leaveOpen: true);
        var names = (await body.ReadToEndAsync(request.HttpContext.RequestAborted)).Contains(about, StringComparison.OrdinalIgnoreCase);
        request.Body.Position = 0;
        return names;
    }

    private async Task Answer(HttpContext context, Fault fault)
    {
        switch (fault.Mode)
        {
            case "401" when IsLink(fault) && context.Request.Path != "/link/common/sms/send":
                context.Response.ContentType = "text/xml";
                await context.Response.WriteAsync(PswinReply.LogonFailed("Invalid username or password"), context.RequestAborted);
                break;
            case "401":
                await Refuse(context, 401, "Unauthorized");
                break;
            case "403":
                await Refuse(context, 403, "Forbidden");
                break;
            case "500":
                await Refuse(context, 500, "InternalServerError");
                break;
            case "503":
                await Refuse(context, 503, "ServiceUnavailable");
                break;
            case "throttle":
                context.Response.Headers.RetryAfter = "1";
                await (IsLink(fault) ? Refuse(context, 503, "ServiceUnavailable") : Refuse(context, 429, "TooManyRequests"));
                break;
            case "hang":
                await fault.WhenOff.WaitAsync(context.RequestAborted);
                await next(context);
                break;
            case "slow":
                await BrokenAnswer.Drip(context, fault.WhenOff);
                break;
            case "huge":
                await BrokenAnswer.Flood(context);
                break;
            case "reset-before":
                context.Abort();
                break;
            case "reset-after":
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                break;
            case "garbage":
                context.Response.ContentType = IsLink(fault) ? "text/xml" : "application/json";
                await context.Response.WriteAsync(Nonsense, context.RequestAborted);
                break;
            default:
                await next(context);
                break;
        }
    }

    private static bool IsLink(Fault fault) => fault.Target.StartsWith("link", StringComparison.Ordinal);

    private static Task Refuse(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""{"error":{"code":"{{{code}}}","message":"A fault switched on in the sandbox."}}""", Encoding.UTF8, context.RequestAborted);
    }
}
