using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Acs;

internal static class GetOperation
{
    // The status URL of the 202 has two slashes; routing takes the second one as part of the address.
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/emails/operations/{id:guid}", Handle).CanFail("acs");
    }

    private static IResult Handle(Guid id, HttpContext context, AcsSignature signature, EmailOperations operations, PublishedLimits limits, TimeProvider time)
    {
        if (ApiVersion.Refusal(context) is { } refusal)
            return refusal;
        if (signature.Fault(context, AcsSignature.ContentHash([])) is { } fault)
            return AcsAnswer.Refuse(context, 401, "Unauthorized", fault);
        if (limits.Status() is { } wait)
            return AcsAnswer.Throttle(context, wait);
        if (operations.Find(id) is not { } operation)
            return AcsAnswer.Refuse(context, 404, "NotFound", "There is no such operation.");

        var now = time.GetUtcNow();
        if (!operation.IsFinal(now))
            context.Response.Headers.RetryAfter = "1";
        return Results.Json(operation.At(now));
    }
}
