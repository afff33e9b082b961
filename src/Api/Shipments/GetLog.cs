using Notifications.Api.Access;
using Notifications.Api.Wire;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Shipments;

/// <summary>
/// <c>GET /future/log</c>: which addresses the caller's orders about a dialog or a transmission of Dialogporten were sent to, and what became of each. In
/// pages, the oldest order first.
/// </summary>
public static class GetLog
{
    private const string Path = "future/log";

    public static void MapGetLog(this IEndpointRouteBuilder routes) => routes
        .MapGet($"/{Path}", Handle)
        .WithName("GetLog").WithTags("Status").WithSummary("What was sent about a dialog, or about a transmission")
        .Produces<LogEntryResponse[]>()
        .ProducesValidationProblem();

    private static async Task<IResult> Handle(HttpContext http, ReadLog log, PublicAddress address, string? dialogId, string? transmissionId, string? pageSize, string? after)
    {
        if (LogQuery.Read(dialogId, transmissionId, pageSize, after, isDialogNeeded: false, out var errors) is not { } query)
            return Problems.Invalid(errors);

        var found = await log.Of(Creator.Of(http.User)!, query.DialogId, query.TransmissionId, query.Place, query.PageSize + 1, http.RequestAborted);
        return query.Page(Path, found, found.Take(query.PageSize).Select(LogEntryResponse.Of), address);
    }
}

/// <summary>One notification.</summary>
/// <param name="Channel"><c>Email</c> or <c>Sms</c>.</param>
/// <param name="Destination">Empty when the recipient could not be reached; the status says why.</param>
public sealed record LogEntryResponse(
    Guid NotificationId, Guid ShipmentId, string? SendersReference, string? DialogId, string? TransmissionId, ShipmentType Type, Channel Channel, string Destination, string Status,
    DateTime RequestedSendTime, DateTime LastUpdateTime)
{
    internal static LogEntryResponse Of(LoggedNotification n) => new(
        n.Id, n.ShipmentId, n.SendersReference, n.DialogId, n.TransmissionId, n.Type, n.Channel, n.Address, WireStatus.Of(n.Channel, n.State),
        n.RequestedSendTime.UtcDateTime, n.LastUpdate.UtcDateTime);
}
