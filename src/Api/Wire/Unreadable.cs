using Microsoft.AspNetCore.Diagnostics;

namespace Notifications.Api.Wire;

/// <summary>Answers a request whose body the server cannot read: too large, cut off, too slow, or not the HTTP it should be. The client's fault, and in no log.</summary>
internal sealed class Unreadable : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException unreadable)
            return false;

        httpContext.Response.StatusCode = unreadable.StatusCode;
        if (unreadable.StatusCode == StatusCodes.Status413PayloadTooLarge)
            await Problems.TooLarge().ExecuteAsync(httpContext);
        return true;
    }
}
