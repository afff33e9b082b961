using System.Globalization;
using System.Text.Json;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Reports;

/// <summary>The reports of LINK's Common interface: JSON, one message in each, or a list of them.</summary>
internal static class CommonReports
{
    /// <summary>Throws <see cref="JsonException"/> for what is not JSON.</summary>
    public static async Task<IReadOnlyList<ReceivedReport>> Read(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        return body.RootElement.ValueKind == JsonValueKind.Array
            ? [.. body.RootElement.EnumerateArray().Select(Report).OfType<ReceivedReport>()]
            : Report(body.RootElement) is { } report ? [report] : [];
    }

    /// <summary>A message is named as we named it, or else as the gateway did. Null for what is no report, or holds half of a surrogate pair.</summary>
    private static ReceivedReport? Report(JsonElement report)
    {
        try
        {
            if (report.ValueKind != JsonValueKind.Object || !report.TryGetProperty("resultCode", out var result) || result.ValueKind != JsonValueKind.Number || !result.TryGetInt32(out var code)
                || (Text(report, "refId") ?? Text(report, "id")) is not { } reference)
                return null;
            var state = code.ToString(CultureInfo.InvariantCulture);
            return new ReceivedReport(Providers.LinkCommon, Channel.Sms, $"{reference}:{state}", reference, state, LinkResultCode.Means(code));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement report, string name) =>
        report.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}
