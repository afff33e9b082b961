using Notifications.Api.Wire;

namespace Notifications.Api.V1;

/// <summary>The <c>{id}</c> of a route. Of an order that is not there a 404 without a body is said, and of something that is no id a 400.</summary>
internal static class OrderId
{
    public static IResult Invalid(string id) =>
        Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["id"] = [$"The value '{id}' is not valid."] });
}
