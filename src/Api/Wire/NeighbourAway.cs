using Microsoft.AspNetCore.Diagnostics;
using Notifications.Hosting.Neighbours;

namespace Notifications.Api.Wire;

/// <summary>Answers 503 while a register that must be asked cannot be reached; nothing of the request was kept, so it may be sent again as it is.</summary>
internal sealed class NeighbourAway : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not NeighbourAwayException)
            return false;

        await Problems.Away().ExecuteAsync(httpContext);
        return true;
    }
}
