using System.Net.Http.Headers;
using System.Text;
using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Smtp;

/// <summary>Delivery status notifications (RFC 3464), given to the webhook as a mail server's pipe would. They do not outlive the sandbox.</summary>
internal sealed class SmtpReports(HttpClient http, TimeProvider time, SandboxSettings settings)
    : ReportPusher<EmailReport>(time, RetrySchedule.Parse(settings.ReportRetry), mostInOnePush: 1, new SandboxJournal(directory: null))
{
    private readonly Uri webhook = new($"{settings.ReportsUrl}/smtp?code={Uri.EscapeDataString(settings.ReportsSecret)}");

    protected override void BecameDue(EmailReport report) => report.Message.Status = report.Status;

    protected override JournalEntry Planned(Guid key, EmailReport report, DateTimeOffset dueAt) =>
        new EmailReportPlanned(key, report.EventId, report.Message.Reference, report.Recipient, report.Status, report.At, dueAt);

    protected override async Task<IReadOnlyList<bool>> Push(IReadOnlyList<EmailReport> reports, int attempt, CancellationToken cancellation)
    {
        using var content = new StringContent(Notification(reports[0]), Encoding.UTF8, new MediaTypeHeaderValue("message/rfc822"));
        using var response = await http.PostAsync(webhook, content, cancellation);
        return [response.IsSuccessStatusCode];
    }

    private static string Notification(EmailReport report)
    {
        var (action, status) = report.Status switch
        {
            "Delivered" => ("delivered", "2.0.0"),
            "Expanded" => ("expanded", "2.0.0"),
            "Bounced" or "Suppressed" => ("failed", "5.1.1"),
            "FilteredSpam" or "Quarantined" => ("failed", "5.7.1"),
            "Failed" => ("failed", "5.0.0"),
            _ => ("delayed", "4.0.0"),
        };
        return string.Join("\r\n",
            "From: <mailer-daemon@sandbox.test>", $"To: <{report.Message.From}>", "Subject: Delivery status", "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=\"dsn\"", "",
            "--dsn", "Content-Type: text/plain; charset=utf-8", "", "This is what became of your message.", "",
            "--dsn", "Content-Type: message/delivery-status", "",
            "Reporting-MTA: dns; sandbox.test", $"Original-Envelope-Id: {report.Message.Reference}", "",
            $"Final-Recipient: rfc822; {report.Recipient}", $"Action: {action}", $"Status: {status}", "",
            "--dsn", "Content-Type: text/rfc822-headers", "", $"Subject: {report.Message.Subject}", "", "--dsn--", "");
    }
}
