using Notifications.Api.Access;
using Notifications.Api.Limits;
using Notifications.Api.Shipments;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.EndUsers;

/// <summary>
/// <c>GET /future/enduser/log</c>: where somebody who has logged in was told about a dialog, or where those were whom they act for, whoever ordered it. In
/// pages, the oldest order first.
/// </summary>
public static class GetEndUserLog
{
    private const string Path = "future/enduser/log";

    public static void AddEndUsers(this IServiceCollection services) => services.AddTransient<PermittedLog>();

    public static void MapGetEndUserLog(this IEndpointRouteBuilder routes) => routes
        .MapGet($"/{Path}", Handle)
        .RequireAuthorization(AccessRegistration.MayReadOwn)
        .WithName("GetEndUserLog").WithTags("EndUser").WithSummary("Where I was told about a dialog")
        .Produces<EndUserLogEntry[]>()
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Handle(
        HttpContext http, ReadLog log, PermittedLog permitted, PublicAddress address, string? dialogId, string? transmissionId, string? pageSize, string? after)
    {
        if (LogQuery.Read(dialogId, transmissionId, pageSize, after, isDialogNeeded: true, out var errors) is not { } query)
            return Problems.Invalid(errors);

        var found = await log.Of(creator: null, query.DialogId, query.TransmissionId, query.Place, query.PageSize + 1, http.RequestAborted);
        var seen = await permitted.Of(EndUser.Of(http.User)!, [.. found.Take(query.PageSize)], http.RequestAborted);
        return found.Count > 0 && seen.Count == 0 && found.Count <= query.PageSize && query.Place is null
            ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : query.Page(Path, found, seen.Select(EndUserLogEntry.Of), address);
    }
}

/// <summary>One notification.</summary>
/// <param name="Channel"><c>Email</c> or <c>Sms</c>.</param>
/// <param name="Status">What became of it, without the channel.</param>
public sealed record EndUserLogEntry(
    Guid NotificationId, string? DialogId, string? TransmissionId, ShipmentType Type, Channel Channel, string Destination, NotificationState Status,
    DateTime RequestedSendTime, DateTime LastUpdateTime)
{
    internal static EndUserLogEntry Of(LoggedNotification n) => new(
        n.Id, n.DialogId, n.TransmissionId, n.Type, n.Channel, n.Address, n.State, n.RequestedSendTime.UtcDateTime, n.LastUpdate.UtcDateTime);
}
