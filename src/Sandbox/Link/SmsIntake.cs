using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Notifications.Sandbox.Answers;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Link;

/// <summary>What both of the gateway's interfaces do with a message: keep it, and report on it later.</summary>
internal sealed class SmsIntake(SmsReports reports, MessageInbox inbox, Scripts scripts, FaultBoard faults, SandboxJournal journal, SandboxSettings settings, TimeProvider time)
{
    private static readonly TimeSpan LongestWaitForReport = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, byte> refusedOnce = new(StringComparer.Ordinal);

    /// <param name="lifetime">Null is no limit.</param>
    /// <param name="refId">The client's own name for the message, where the interface has one; its reports are then of that interface.</param>
    public async Task<string> Take(string receiver, string sender, GatewayText text, TimeSpan? lifetime, string? refId)
    {
        var reference = Guid.NewGuid().ToString();
        var digits = MagicNumber.Of(receiver);
        var row = new InboxMessage
        {
            Channel = "sms",
            To = "+" + receiver,
            From = sender,
            Body = text.Text,
            Parts = text.Parts,
            NotificationId = refId,
            Reference = reference,
            AcceptedAt = time.GetUtcNow(),
        };
        inbox.Add(row);
        journal.Write(new SmsAccepted(row, text.Parts));
        var reported = Report(row, receiver, lifetime, digits);
        if (digits == MagicNumber.ReportBeforeResponse || scripts.For(receiver) is { ReportsFirst: true })
            await Task.WhenAny(reported, Task.Delay(LongestWaitForReport));
        return reference;
    }

    public ScriptedAnswer? NextAnswer(string receiver) => scripts.NextAnswer(receiver);

    public bool IsUnavailable(string receiver, string text)
    {
        var digits = MagicNumber.Of(receiver);
        if (digits == MagicNumber.AlwaysUnavailable)
            return true;
        if (digits != MagicNumber.UnavailableOnce)
            return false;

        // The protocol has no key: the same text to the same receiver is taken for the next try.
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(receiver + "\n" + text)));
        if (refusedOnce.TryAdd(key, 0))
            return true;
        refusedOnce.TryRemove(key, out _);
        return false;
    }

    // The gateway strips the international prefix.
    public static string Bare(string receiver)
    {
        if (receiver.StartsWith('+'))
            return receiver[1..];
        return receiver.StartsWith("00", StringComparison.Ordinal) ? receiver[2..] : receiver;
    }

    internal static PlannedReport WithinLifetime(PlannedReport plan, TimeSpan? lifetime) =>
        plan.Delay > lifetime ? plan with { Status = "EXPIRED", Delay = lifetime.Value } : plan;

    private Task Report(InboxMessage row, string receiver, TimeSpan? lifetime, int? digits)
    {
        var taken = new List<Task>();
        foreach (var planned in scripts.For(receiver)?.PlannedReports() ?? MagicNumber.Reports(digits, TimeSpan.FromSeconds(settings.LateReportSeconds)))
        {
            var plan = WithinLifetime(planned with { Delay = planned.Delay + faults.ReportDelay("link") }, lifetime);
            var report = new SmsReport(row, row.Reference, receiver, plan.Status, row.AcceptedAt + plan.Delay);
            for (var copy = 0; copy < plan.Copies; copy++)
                taken.Add(reports.Add(report, plan.Delay));
        }

        return Task.WhenAll(taken);
    }
}
