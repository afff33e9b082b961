using System.Globalization;
using System.Security.Cryptography;
using Notifications.Api.Wire;
using Notifications.Consumers.Sms;
using Notifications.Store;

namespace Notifications.Api.Metrics;

/// <summary>
/// <c>POST /metrics/sms</c> and <c>/metrics/email</c>: every notification of shipments that became final yesterday, by UTC; or with
/// <c>date</c> on a day before.
/// </summary>
internal static class PostMetricsFile
{
    private static readonly string[] EmailColumns = ["EmailId", "ShipmentId", "SendersReference", "RequestedSendTime", "CreatorName", "ResourceId", "Result", "OperationId"];

    private static readonly string[] SmsColumns =
    [
        "SmsId", "ShipmentId", "SendersReference", "RequestedSendTime", "CreatorName", "ResourceId", "Result", "GatewayReference",
        "Rate", "MobileNumberPrefix", "AltinnSmsCount", "AltinnSmsBodyLength", "AltinnSmsCustomBodyLength",
    ];

    public static void MapPostMetricsFile(this IEndpointRouteBuilder metrics)
    {
        metrics.MapPost("/sms", (string? date, HttpContext http, ReadMetrics notifications, TimeProvider clock, IHostEnvironment environment) =>
            File(Channel.Sms, SmsColumns, Sms, date, http, notifications, clock, environment));
        metrics.MapPost("/email", (string? date, HttpContext http, ReadMetrics notifications, TimeProvider clock, IHostEnvironment environment) =>
            File(Channel.Email, EmailColumns, Common, date, http, notifications, clock, environment));
    }

    private static async Task<IResult> File(
        Channel channel, string[] columns, Func<FinishedNotification, string?[]> row, string? date,
        HttpContext http, ReadMetrics notifications, TimeProvider clock, IHostEnvironment environment)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var day = today.AddDays(-1);
        if (date is not null && (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) || day >= today))
            return Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Date"] = ["Give a day that is over, such as 2026-01-31."] });

        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var file = await MetricsFile.Write(columns, notifications.Finished(channel, from, from.AddDays(1), http.RequestAborted).Select(row), http.RequestAborted);
        var headers = http.Response.Headers;
        headers["X-File-Hash"] = file.Hash;
        headers["X-File-Size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture);
        headers["X-Total-FileTransfer-Count"] = file.Rows.ToString(CultureInfo.InvariantCulture);
        headers["X-Generated-At"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        headers["X-Environment"] = environment.EnvironmentName;
        return Results.Stream(file.Content, "application/octet-stream", string.Create(
            CultureInfo.InvariantCulture, $"{day:yyyyMMdd}_{channel.ToString().ToLowerInvariant()}_notifications_{environment.EnvironmentName}.csv"));
    }

    /// <summary>What the files call the shipment is the notification.</summary>
    private static string?[] Common(FinishedNotification n) =>
    [
        Number(n.Id).ToString(CultureInfo.InvariantCulture), n.Id.ToString(), n.SendersReference, n.RequestedSendTime.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        n.Creator, n.ResourceId, n.State.ToString(), n.ProviderReference,
    ];

    private static string?[] Sms(FinishedNotification n)
    {
        var text = SmsText.Of(n.Text);
        return
        [
            .. Common(n), Rate(n.Address), n.Address[..Math.Min(4, n.Address.Length)],
            .. new[] { SmsLength.Of(text).Parts, n.Text.Template.Length, text == n.Text.Template ? 0 : text.Length }.Select(count => count.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    internal static string Rate(string number) =>
        number.Length == 0 ? "n/a"
        : number.StartsWith("+47", StringComparison.Ordinal) || number.StartsWith("0047", StringComparison.Ordinal) ? "innland"
        : "utland";

    /// <summary>A notification has no number. This one is always the same, and as good as never that of another.</summary>
    private static long Number(Guid id) => BitConverter.ToInt64(SHA256.HashData(id.ToByteArray())) & long.MaxValue;
}
