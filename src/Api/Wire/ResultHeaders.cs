namespace Notifications.Api.Wire;

/// <summary>Answers with a header beside their status and body.</summary>
internal static class ResultHeaders
{
    public static IResult WithLocation(this IResult result, string location) => result.With("Location", location);

    public static IResult With(this IResult result, string header, string value) => new HeadedResult(result, header, value);

    public static IResult WithNextPage(this IResult result, string address) => result.With("Link", $"<{address}>; rel=\"next\"");

    private sealed class HeadedResult(IResult inner, string header, string value) : IResult, IStatusCodeHttpResult, IValueHttpResult
    {
        public int? StatusCode => (inner as IStatusCodeHttpResult)?.StatusCode;

        public object? Value => (inner as IValueHttpResult)?.Value;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[header] = value;
            return inner.ExecuteAsync(httpContext);
        }
    }
}
