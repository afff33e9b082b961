using System.Globalization;
using System.Net.Http.Json;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Acs;

internal sealed record EmailReport(string EventId, InboxMessage Message, string Recipient, string Status, DateTimeOffset At);

/// <summary>Event Grid pushing delivery reports in its own schema.</summary>
internal sealed class EmailReports(HttpClient http, TimeProvider time, SandboxSettings settings, SandboxJournal journal)
    : ReportPusher<EmailReport>(time, RetrySchedule.Parse(settings.ReportRetry), settings.ReportBatch, journal)
{
    private const string Topic = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/sandbox/providers/Microsoft.Communication/communicationServices/sandbox";
    private readonly Uri webhook = new($"{settings.ReportsUrl}/email?code={Uri.EscapeDataString(settings.ReportsSecret)}");

    protected override void BecameDue(EmailReport report)
    {
        // A distribution list that was expanded is not the end of the message.
        if (report.Status != "Expanded" || report.Message.Status == "Accepted")
            report.Message.Status = report.Status;
    }

    protected override JournalEntry Planned(Guid key, EmailReport report, DateTimeOffset dueAt) =>
        new EmailReportPlanned(key, report.EventId, report.Message.Reference, report.Recipient, report.Status, report.At, dueAt);

    protected override async Task<IReadOnlyList<bool>> Push(IReadOnlyList<EmailReport> reports, int attempt, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = JsonContent.Create(reports.Select(ToEvent).ToArray()) };
        request.Headers.Add("aeg-event-type", "Notification");
        request.Headers.Add("aeg-subscription-name", "SANDBOX");
        request.Headers.Add("aeg-delivery-count", (attempt - 1).ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("aeg-data-version", "1.0");
        request.Headers.Add("aeg-metadata-version", "1");
        using var response = await http.SendAsync(request, cancellation);
        return [.. Enumerable.Repeat((int)response.StatusCode is >= 200 and <= 204, reports.Count)];
    }

    private static EventGridEvent ToEvent(EmailReport report) => new(
        report.EventId,
        Topic,
        $"sender/{report.Message.From}/message/{report.Message.Reference}",
        new DeliveryReport(
            report.Message.From,
            report.Recipient,
            report.Message.Reference,
            $"<{report.Message.Reference}@sandbox.azurecomm.net>",
            report.Status,
            new DeliveryDetails(report.Status == "Delivered" ? "" : report.Status, ""),
            report.At.ToString("O", CultureInfo.InvariantCulture)),
        "Microsoft.Communication.EmailDeliveryReportReceived",
        "1.0",
        "1",
        report.At.ToString("O", CultureInfo.InvariantCulture));

    private sealed record EventGridEvent(
        string Id, string Topic, string Subject, DeliveryReport Data, string EventType, string DataVersion, string MetadataVersion, string EventTime);

    private sealed record DeliveryReport(
        string Sender, string Recipient, string MessageId, string InternetMessageId, string Status, DeliveryDetails DeliveryStatusDetails, string DeliveryAttemptTimestamp);

    private sealed record DeliveryDetails(string StatusMessage, string RecipientMailServerHostName);
}
