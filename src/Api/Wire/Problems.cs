using System.Diagnostics;
using System.Globalization;
using FluentValidation.Results;

namespace Notifications.Api.Wire;

/// <summary>The error bodies of the API. Their content type is plain JSON, as clients are used to.</summary>
public static class Problems
{
    private const string Json = "application/json; charset=utf-8";

    public static IResult Invalid(IEnumerable<ValidationFailure> failures) => Invalid(
        failures.GroupBy(f => f.PropertyName, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(f => f.ErrorMessage).ToArray(), StringComparer.Ordinal));

    public static IResult Invalid(IDictionary<string, string[]> errors) => Results.Json(new
    {
        type = "https://tools.ietf.org/html/rfc9110#section-15.5.1",
        title = "One or more validation errors occurred.",
        status = StatusCodes.Status400BadRequest,
        errors,
        traceId = TraceId,
    }, contentType: Json, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>A problem with a code of its own, such as <c>NOT-00003</c>.</summary>
    public static IResult Coded(string code, int status, string title, string statusDescription) => Results.Json(new
    {
        type = $"urn:altinn:error:{code}",
        title,
        status,
        code,
        traceId = TraceId,
        statusDescription,
    }, contentType: Json, statusCode: status);

    public static IResult NotFound() => Results.Json(new
    {
        type = "https://tools.ietf.org/html/rfc9110#section-15.5.5",
        title = "Not Found",
        status = StatusCodes.Status404NotFound,
        traceId = TraceId,
    }, contentType: Json, statusCode: StatusCodes.Status404NotFound);

    /// <summary>Something that is needed is away for a moment.</summary>
    public static IResult Away() =>
        Coded("NOT-00004", StatusCodes.Status503ServiceUnavailable, "A temporary network failure occurred", "Service Unavailable").With("Retry-After", "2");

    public static IResult Conflict(string detail) => Results.Json(new
    {
        type = "https://tools.ietf.org/html/rfc9110#section-15.5.10",
        title = "Conflict",
        status = StatusCodes.Status409Conflict,
        detail,
        traceId = TraceId,
    }, contentType: Json, statusCode: StatusCodes.Status409Conflict);

    /// <summary>429 with <c>Retry-After</c> in whole seconds.</summary>
    public static IResult TooMany(string detail, TimeSpan retryAfter) => Results.Json(new
    {
        type = "https://tools.ietf.org/html/rfc6585#section-4",
        title = "Too Many Requests",
        status = StatusCodes.Status429TooManyRequests,
        detail,
        traceId = TraceId,
    }, contentType: Json, statusCode: StatusCodes.Status429TooManyRequests)
        .With("Retry-After", Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture));

    public static IResult TooLarge() => Results.Json(new
    {
        type = "https://tools.ietf.org/html/rfc9110#section-15.5.14",
        title = "Content Too Large",
        status = StatusCodes.Status413PayloadTooLarge,
        detail = "The body is larger than this service takes. Divide it into several requests.",
        traceId = TraceId,
    }, contentType: Json, statusCode: StatusCodes.Status413PayloadTooLarge);

    private static string? TraceId => Activity.Current?.Id;
}
