using Notifications.Sandbox.Answers;
using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Acs;

internal static class GetOperation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/emails/operations/{id:guid}", Handle).CanFail("acs");

    /// <summary>The status URL of a 202 begins with two slashes, and is signed so; routing wants one.</summary>
    public static void UseOperationLocation(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.Value?.StartsWith("//emails/", StringComparison.Ordinal) == true)
            context.Request.Path = context.Request.Path.Value[1..];
        return next(context);
    });

    private static IResult Handle(Guid id, HttpContext context, AcsSignature signature, EmailOperations operations, Scripts scripts, PublishedLimits limits, TimeProvider time)
    {
        if (ApiVersion.Refusal(context) is { } refusal)
            return refusal;
        if (signature.Fault(context, AcsSignature.ContentHash([])) is { } fault)
            return AcsAnswer.Refuse(context, 401, "Unauthorized", fault);
        if (limits.Status() is { } wait)
            return AcsAnswer.Throttle(context, wait);
        if (operations.Find(id) is not { } operation)
            return AcsAnswer.Refuse(context, 404, "NotFound", "There is no such operation.");

        if (scripts.For(operation.Message.To)?.Operation is { } scripted)
            return Results.Json(new OperationStatus(id.ToString(), scripted.Status, scripted.Code is { } code ? new OperationError(code, "") : null));

        var now = time.GetUtcNow();
        if (!operation.IsFinal(now))
            context.Response.Headers.RetryAfter = "1";
        return Results.Json(operation.At(now));
    }
}
