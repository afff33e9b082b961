using Microsoft.AspNetCore.Diagnostics;
using Notifications.Hosting.Neighbours;
using Npgsql;

namespace Notifications.Api.Wire;

/// <summary>
/// Answers 503 while the database or a register that must be asked cannot be reached: nothing of the request was kept that is not found
/// again, so it may be sent again as it is.
/// </summary>
internal sealed class Away : IExceptionHandler
{
    public static bool Is(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: TimeoutException or IOException } or NeighbourAwayException;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!Is(exception))
            return false;

        await Problems.Away().ExecuteAsync(httpContext);
        return true;
    }
}
