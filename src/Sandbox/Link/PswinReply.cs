using System.Xml.Linq;

namespace Notifications.Sandbox.Link;

internal sealed record PswinResult(string Id, string? Reference, string Status, string Info);

/// <summary>The gateway's answer, HTTP 200 even when it refuses.</summary>
internal static class PswinReply
{
    public static string LogonFailed(string reason) => Document("FAIL", reason, null);

    public static string Of(IEnumerable<PswinResult> results) => Document("OK", "", new XElement("MSGLST", results.Select(ToElement)));

    private static XElement ToElement(PswinResult result) => new(
        "MSG",
        new XElement("ID", result.Id),
        result.Reference is null ? null : new XElement("REF", result.Reference),
        new XElement("STATUS", result.Status),
        new XElement("INFO", result.Info));

    private static string Document(string logon, string reason, XElement? messages) =>
        "<?xml version=\"1.0\"?>\n" + new XElement("SESSION", new XElement("LOGON", logon), new XElement("REASON", reason), messages).ToString(SaveOptions.DisableFormatting);
}
