using System.Globalization;
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
    public const int LargestPage = 500;

    private const string Path = "future/log";

    public static void MapGetLog(this IEndpointRouteBuilder routes) => routes
        .MapGet($"/{Path}", Handle)
        .WithName("GetLog").WithTags("Status").WithSummary("What was sent about a dialog, or about a transmission")
        .Produces<LogEntryResponse[]>()
        .ProducesValidationProblem();

    private static async Task<IResult> Handle(HttpContext http, ReadLog log, PublicAddress address, string? dialogId, string? transmissionId, string? pageSize, string? after)
    {
        var (dialog, transmission) = (Given(dialogId), Given(transmissionId));
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (dialog is null && transmission is null)
            errors["dialogId"] = ["Give dialogId, transmissionId or both."];
        foreach (var (name, id) in new[] { ("dialogId", dialog), ("transmissionId", transmission) })
        {
            if (id?.Contains('\0', StringComparison.Ordinal) == true)
                errors[name] = ["The text holds the character U+0000."];
        }
        var size = LargestPage;
        if (pageSize is not null && !int.TryParse(pageSize, CultureInfo.InvariantCulture, out size))
            errors["pageSize"] = ["Give a number."];
        PageCursor? cursor = null;
        if (after is not null && !PageCursor.TryParse(after, out cursor))
            errors["after"] = ["Give the value of the link to the next page."];
        if (errors.Count > 0)
            return Problems.Invalid(errors);

        size = Math.Clamp(size, 1, LargestPage);
        var found = await log.Of(Creator.Of(http.User)!, dialog, transmission, cursor is null ? null : (cursor.Time, cursor.Id), size + 1, http.RequestAborted);
        var answer = Results.Json(found.Take(size).Select(LogEntryResponse.Of)).With("Cache-Control", "no-store");
        return found.Count > size ? answer.With("Link", $"<{address.Of(Next(dialog, transmission, size, found[size - 1]))}>; rel=\"next\"") : answer;
    }

    private static string? Given(string? id) => string.IsNullOrWhiteSpace(id) ? null : id;

    private static string Next(string? dialog, string? transmission, int size, LoggedNotification last) =>
        $"{Path}?{Named("dialogId", dialog)}{Named("transmissionId", transmission)}pageSize={size.ToString(CultureInfo.InvariantCulture)}&after={new PageCursor(last.OrderedAt, last.Id)}";

    private static string Named(string name, string? id) => id is null ? "" : $"{name}={Uri.EscapeDataString(id)}&";
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
