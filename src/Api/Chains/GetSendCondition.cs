using Notifications.Api.Wire;
using Notifications.Hosting.Settings;

namespace Notifications.Api.Chains;

/// <summary>
/// <c>GET /tests/sendcondition?conditionMet=true</c>: a send condition that answers what it is told to, for those who try theirs out. Only in a sandbox.
/// </summary>
public static class GetSendCondition
{
    public static void MapGetSendCondition(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        if (services.GetRequiredService<NotificationsSettings>().Sandbox is not null)
            routes.MapGet("/tests/sendcondition", Handle).ExcludeFromDescription();
    }

    private static IResult Handle(string? conditionMet) => bool.TryParse(conditionMet, out var sendNotification)
        ? Results.Json(new { sendNotification })
        : Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["conditionMet"] = ["Give true or false."] });
}
