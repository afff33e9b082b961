using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Link;

internal sealed record SmsReport(InboxMessage Message, string Reference, string Receiver, string State, DateTimeOffset At);

/// <summary>The gateway posting delivery reports as XMLHTTP2.</summary>
internal sealed class SmsReports(HttpClient http, TimeProvider time, SandboxSettings settings, SandboxJournal journal)
    : ReportPusher<SmsReport>(time, RetrySchedule.Parse(settings.ReportRetry == "EventGrid" ? "10,60,300,900" : settings.ReportRetry), settings.ReportBatch, journal)
{
    private static readonly TimeZoneInfo Norway = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        ["DELIVRD"] = "Delivered",
        ["UNDELIV"] = "Undelivered",
        ["EXPIRED"] = "Expired",
        ["REJECTD"] = "Rejected",
        ["DELETED"] = "Deleted",
        ["BARRED"] = "Barred",
        ["FAILED"] = "Failed",
        ["ACCEPTD"] = "Accepted",
    };

    private static readonly Dictionary<string, int> ResultCodes = new(StringComparer.Ordinal)
    {
        ["DELIVRD"] = 1001,
        ["UNDELIV"] = 1006,
        ["EXPIRED"] = 1002,
        ["REJECTD"] = 4000,
        ["DELETED"] = 1004,
        ["BARRED"] = 2105,
        ["FAILED"] = 6,
        ["UNKNOWN"] = 0,
        ["NULL"] = 4,
        ["BARREDA"] = 2107,
        ["ZEROBAL"] = 2200,
        ["ACCEPTD"] = 1000,
        ["INV_NET"] = 2,
    };

    private readonly Uri webhook = new(settings.ReportsUrl + "/sms");
    private readonly AuthenticationHeaderValue credential =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("link:" + settings.ReportsSecret)));

    protected override void BecameDue(SmsReport report) =>
        report.Message.Status = Statuses.GetValueOrDefault(report.State, report.State);

    protected override JournalEntry Planned(Guid key, SmsReport report, DateTimeOffset dueAt) =>
        new SmsReportPlanned(key, report.Reference, report.Receiver, report.State, report.At, dueAt);

    /// <summary>The Common interface reports one message at a time, and each as it was named by the client.</summary>
    protected override async Task<IReadOnlyList<bool>> Push(IReadOnlyList<SmsReport> reports, int attempt, CancellationToken cancellation)
    {
        if (!reports.Any(IsCommon))
            return await PushXml(reports, cancellation);

        var taken = new List<bool>(reports.Count);
        foreach (var report in reports)
            taken.Add(IsCommon(report) ? await PushJson(report, cancellation) : (await PushXml([report], cancellation)) is [true]);
        return taken;
    }

    private static bool IsCommon(SmsReport report) => report.Message.NotificationId is not null;

    private async Task<bool> PushJson(SmsReport report, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook)
        {
            Content = JsonContent.Create(new
            {
                refId = report.Message.NotificationId,
                id = report.Reference,
                @operator = "no.telenor",
                sentTimestamp = report.Message.AcceptedAt,
                timestamp = report.At,
                resultCode = ResultCodes.TryGetValue(report.State, out var code) ? code : int.Parse(report.State, CultureInfo.InvariantCulture),
                operatorResultCode = report.State,
                segments = report.Message.Parts,
                gateCustomParameters = new { },
                customParameters = new { },
            }),
        };
        request.Headers.Authorization = credential;
        using var response = await http.SendAsync(request, cancellation);
        return response.StatusCode == System.Net.HttpStatusCode.OK;
    }

    private async Task<IReadOnlyList<bool>> PushXml(IReadOnlyList<SmsReport> reports, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook)
        {
            Content = new StringContent(Body(reports), Encoding.Latin1, "text/xml"),
        };
        request.Headers.Authorization = credential;
        request.Headers.Add("PSW-Message-type", "DR");
        using var response = await http.SendAsync(request, cancellation);
        return response.StatusCode == System.Net.HttpStatusCode.OK
            ? Taken(await response.Content.ReadAsStringAsync(cancellation), reports.Count)
            : [];
    }

    internal static string Body(IReadOnlyList<SmsReport> reports)
    {
        var messages = reports.Select((report, index) => new XElement(
            "MSG",
            new XElement("ID", index + 1),
            new XElement("REF", report.Reference),
            new XElement("RCV", report.Receiver),
            new XElement("STATE", report.State),
            report.State == "DELIVRD" ? new XElement("DELIVERYTIME", LocalTime(report.At)) : null));
        return "<?xml version=\"1.0\"?>\n<!DOCTYPE MSGLST SYSTEM \"pswincom_report_request.dtd\">\n"
            + new XElement("MSGLST", messages).ToString(SaveOptions.DisableFormatting);
    }

    // The operator's local time, which is why nobody should store it.
    private static string LocalTime(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Norway).ToString("yyyy.MM.dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal static IReadOnlyList<bool> Taken(string answer, int count)
    {
        using var reader = XmlReader.Create(new StringReader(answer), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        var ok = XDocument.Load(reader).Descendants("MSG")
            .Where(message => (string?)message.Element("STATUS") == "OK")
            .Select(message => ((string?)message.Element("ID"))?.Trim())
            .ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(1, count).Select(id => ok.Contains(id.ToString(CultureInfo.InvariantCulture)))];
    }
}
