using System.Diagnostics;
using System.Globalization;
using FluentValidation.Results;

namespace Notifications.Api.Wire;

/// <summary>The error bodies of the API. Their content type is plain JSON, as clients are used to.</summary>
public static class Problems
{
    private const string Json = "application/json; charset=utf-8";

    private static readonly string[] NotKnown = ["This is not a member that is known here."];

    /// <summary>Members by the names that clients are used to, which are those of C#, and by their JSON pointers.</summary>
    /// <typeparam name="TBody">What the body was read as.</typeparam>
    public static IResult Invalid<TBody>(IEnumerable<ValidationFailure> failures)
    {
        var errors = failures.GroupBy(f => f.PropertyName, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(f => f.ErrorMessage).ToArray(), StringComparer.Ordinal);
        return Invalid(errors, errors.Keys.ToDictionary(key => key, key => JsonPointer.OfMember(typeof(TBody), key), StringComparer.Ordinal));
    }

    /// <summary>What is wrong is not in a body.</summary>
    public static IResult Invalid(IDictionary<string, string[]> errors) => Invalid(errors, pointers: null);

    /// <summary>A body that cannot be read.</summary>
    /// <param name="path">Where the JSON reader stopped.</param>
    /// <param name="reason">Why.</param>
    /// <param name="parameter">The name under which clients know the whole body.</param>
    public static IResult Unreadable(string path, string reason, string parameter) => Invalid(
        new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [reason], [parameter] = [$"The {parameter} field is required."] },
        new Dictionary<string, string>(StringComparer.Ordinal) { [path] = JsonPointer.OfPath(path) });

    /// <summary>Members that nobody reads, from a client who wants to be told.</summary>
    public static IResult Unknown(IReadOnlyList<UnknownMember> members) => Invalid(
        members.DistinctBy(m => m.Path, StringComparer.Ordinal).ToDictionary(m => m.Path, _ => NotKnown, StringComparer.Ordinal),
        members.DistinctBy(m => m.Path, StringComparer.Ordinal).ToDictionary(m => m.Path, m => m.JsonPointer, StringComparer.Ordinal));

    private static IResult Invalid(IDictionary<string, string[]> errors, Dictionary<string, string>? pointers) => Results.Json(new
    {
        type = "https://tools.ietf.org/html/rfc9110#section-15.5.1",
        title = "One or more validation errors occurred.",
        status = StatusCodes.Status400BadRequest,
        errors,
        pointers,
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
