using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Notifications.Api.Wire;

/// <summary>Answers 503 while the database cannot be reached: the same request may be sent again, with the same idempotency id.</summary>
internal sealed class DatabaseAway : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not NpgsqlException { IsTransient: true } and not NpgsqlException { InnerException: TimeoutException or IOException })
            return false;

        await Problems.Away().ExecuteAsync(httpContext);
        return true;
    }
}
