using System.Globalization;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Shipments;

/// <summary>What of the log is asked for.</summary>
internal sealed record LogQuery(string? DialogId, string? TransmissionId, PageCursor? After, int PageSize)
{
    public const int LargestPage = 500;

    public (DateTimeOffset OrderedAt, Guid Id)? Place => After is null ? null : (After.Time, After.Id);

    /// <summary>What is wrong is named in <paramref name="errors"/>.</summary>
    public static LogQuery? Read(string? dialogId, string? transmissionId, string? pageSize, string? after, bool isDialogNeeded, out IDictionary<string, string[]> errors)
    {
        errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (dialog, transmission) = (Given(dialogId), Given(transmissionId));
        if (isDialogNeeded && !Guid.TryParse(dialog, out _))
            errors["dialogId"] = [dialog is null ? "A value for the 'dialogId' parameter or property was not provided." : $"The value '{dialog}' is not valid for dialogId."];
        else if (dialog is null && transmission is null)
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
        return errors.Count > 0 ? null : new LogQuery(dialog, transmission, cursor, Math.Clamp(size, 1, LargestPage));
    }

    /// <param name="path">Where the pages are.</param>
    /// <param name="found">What there is, with one that is too many when there is another page.</param>
    /// <param name="shown">What of it is answered.</param>
    /// <param name="address">The address of this service.</param>
    public IResult Page<T>(string path, IReadOnlyList<LoggedNotification> found, IEnumerable<T> shown, PublicAddress address)
    {
        var answer = Results.Json(shown).With("Cache-Control", "no-store");
        return found.Count > PageSize ? answer.WithNextPage(address.Of(path + Next(found[PageSize - 1]))) : answer;
    }

    private string Next(LoggedNotification last) =>
        $"?{Named("dialogId", DialogId)}{Named("transmissionId", TransmissionId)}pageSize={PageSize.ToString(CultureInfo.InvariantCulture)}&after={new PageCursor(last.OrderedAt, last.Id)}";

    private static string? Given(string? id) => string.IsNullOrWhiteSpace(id) ? null : id;

    private static string Named(string name, string? id) => id is null ? "" : $"{name}={Uri.EscapeDataString(id)}&";
}
