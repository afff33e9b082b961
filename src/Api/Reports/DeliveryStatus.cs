using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>What a delivery status notification says, in the part of it that is made for machines.</summary>
internal static class DeliveryStatus
{
    private const string Part = "content-type: message/delivery-status";

    /// <summary>Nothing for what is no such notification, or not about a message of ours.</summary>
    public static IReadOnlyList<ReceivedReport> Read(string message)
    {
        var reports = new List<ReceivedReport>();
        string? envelope = null, action = null, status = null;
        foreach (var line in Fields(message))
        {
            envelope = Value(line, "original-envelope-id") ?? envelope;
            action = Value(line, "action") ?? action;
            status = Value(line, "status") ?? status;
            if (envelope is null || action is null || status is null)
                continue;
            if (Guid.TryParse(envelope, out var id))
                reports.Add(new ReceivedReport(Providers.Smtp, Channel.Email, $"{id} {action} {status}", id.ToString(), $"{action} {status}", State(action, status)));
            (action, status) = (null, null);
        }
        return reports;
    }

    /// <summary>The lines of the machine's part. What it returns of the message itself could be anybody's words.</summary>
    private static IEnumerable<string> Fields(string message)
    {
        var isInside = false;
        var headerIsOver = false;
        foreach (var line in message.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (!isInside)
                isInside = line.StartsWith(Part, StringComparison.OrdinalIgnoreCase);
            else if (!headerIsOver)
                headerIsOver = line.Length == 0;
            else if (line.StartsWith("--", StringComparison.Ordinal))
                yield break;
            else
                yield return line;
        }
    }

    private static string? Value(string line, string name) =>
        line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            && line[(name.Length + 1)..].Trim() is { Length: > 0 } value && !value.Contains('\0', StringComparison.Ordinal)
            ? value.ToLowerInvariant()
            : null;

    /// <summary>Null for what says nothing final.</summary>
    private static NotificationState? State(string action, string status) => action switch
    {
        "delivered" => NotificationState.Delivered,
        "relayed" or "expanded" => NotificationState.Succeeded,
        "failed" when status.StartsWith("5.1.", StringComparison.Ordinal) => NotificationState.Failed_Bounced,
        "failed" when status.StartsWith("5.7.", StringComparison.Ordinal) => NotificationState.Failed_FilteredSpam,
        "failed" => NotificationState.Failed,
        _ => null,
    };
}
