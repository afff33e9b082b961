using System.Text.Json.Serialization;

namespace Notifications.Sandbox.Acs;

/// <summary>The answers of the email service, with its error shape.</summary>
internal static class AcsAnswer
{
    public static IResult Refuse(HttpContext context, int status, string code, string message)
    {
        context.Response.Headers["x-ms-error-code"] = code;
        return Results.Json(new Error(new OperationError(code, message)), statusCode: status);
    }

    public static IResult Throttle(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Refuse(context, 429, "TooManyRequests", "The request rate limit is exceeded.");
    }

    private sealed record Error([property: JsonPropertyName("error")] OperationError Details);
}

internal sealed record OperationError(string Code, string Message);

internal sealed record OperationStatus(
    string Id,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OperationError? Error);
