using System.Globalization;
using System.Text.Json;
using Notifications.Api.Wire;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>The reports of LINK's Common interface: JSON, one message in each, or a list of them.</summary>
internal static class CommonReports
{
    public static IReadOnlyList<ReceivedReport> Of(JsonElement body) => body.ValueKind == JsonValueKind.Array
        ? [.. body.EnumerateArray().Select(Report).OfType<ReceivedReport>()]
        : Report(body) is { } report ? [report] : [];

    /// <summary>A message is named as we named it, or else as the gateway did. Null for what is no report, or holds half of a surrogate pair.</summary>
    private static ReceivedReport? Report(JsonElement report)
    {
        try
        {
            if (report.ValueKind != JsonValueKind.Object || !report.TryGetProperty("resultCode", out var result) || result.ValueKind != JsonValueKind.Number || !result.TryGetInt32(out var code)
                || (report.Text("refId") is { Length: > 0 } own ? own : report.Text("id")) is not { Length: > 0 } reference)
                return null;
            var state = code.ToString(CultureInfo.InvariantCulture);
            return new ReceivedReport(Providers.LinkCommon, Channel.Sms, $"{reference}:{state}", reference, state, LinkResultCode.Means(code));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
