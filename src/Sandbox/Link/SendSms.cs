using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Link;

internal sealed partial class SendSms(
    SmsReports reports,
    MessageInbox inbox,
    FaultBoard faults,
    SandboxJournal journal,
    SandboxSettings settings,
    TimeProvider time)
{
    private static readonly TimeSpan LongestWaitForReport = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, byte> refusedOnce = new(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/link/xml", (HttpContext context, SendSms send) => send.Handle(context)).CanFail("link");
        routes.MapPost("/", (HttpContext context, SendSms send) => send.Handle(context)).CanFail("link");
    }

    private async Task<IResult> Handle(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (PswinRequest.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), context.Request.ContentType) is not { } session)
            return Answer(PswinReply.LogonFailed("Invalid XML"));
        if (session.Client != settings.LinkUser || session.Password != settings.LinkPassword)
            return Answer(PswinReply.LogonFailed("Invalid username or password"));

        var messages = session.Messages.Select(message => message with { Receiver = Bare(message.Receiver) }).ToList();
        if (messages.Any(IsUnavailable))
            return Results.StatusCode(503);

        var results = new List<PswinResult>(messages.Count);
        foreach (var message in messages)
            results.Add(await Accept(message));

        if (messages.Any(message => MagicNumber.Of(message.Receiver) == MagicNumber.LostResponse))
        {
            context.Abort();
            return Results.Empty;
        }

        return Answer(PswinReply.Of(results));
    }

    private async Task<PswinResult> Accept(PswinMessage message)
    {
        var digits = MagicNumber.Of(message.Receiver);
        if (Refusal(message, digits) is { } refusal)
            return new PswinResult(message.Id, null, "FAIL", refusal);
        if (GatewayText.Of(message.Text, message.Operation) is not { } text)
            return new PswinResult(message.Id, null, "FAIL", "Invalid TEXT. Expected hexadecimal UTF-16.");

        var reference = Guid.NewGuid().ToString();
        var row = new InboxMessage
        {
            Channel = "sms",
            To = "+" + message.Receiver,
            From = message.Sender,
            Body = text.Text,
            Parts = text.Parts,
            Reference = reference,
            AcceptedAt = time.GetUtcNow(),
        };
        inbox.Add(row);
        journal.Write(new SmsAccepted(row, text.Parts));
        var reported = Report(row, message, digits);
        if (digits == MagicNumber.ReportBeforeResponse)
            await Task.WhenAny(reported, Task.Delay(LongestWaitForReport));

        if (!settings.LinkReferences)
            return new PswinResult(message.Id, null, "OK", "");
        return new PswinResult(message.Id, digits == MagicNumber.EmptyReference ? "" : reference, "OK", "");
    }

    private Task Report(InboxMessage row, PswinMessage message, int? digits)
    {
        // Zero is no limit, as the gateway has it.
        TimeSpan? lifetime = message.Ttl is > 0 ? TimeSpan.FromMinutes(message.Ttl.Value) : null;
        var taken = new List<Task>();
        foreach (var planned in MagicNumber.Reports(digits, TimeSpan.FromSeconds(settings.LateReportSeconds)))
        {
            var plan = WithinLifetime(planned with { Delay = planned.Delay + faults.ReportDelay("link") }, lifetime);
            var report = new SmsReport(row, row.Reference, message.Receiver, plan.Status, row.AcceptedAt + plan.Delay);
            for (var copy = 0; copy < plan.Copies; copy++)
                taken.Add(reports.Add(report, plan.Delay));
        }

        return Task.WhenAll(taken);
    }

    internal static PlannedReport WithinLifetime(PlannedReport plan, TimeSpan? lifetime) =>
        plan.Delay > lifetime ? plan with { Status = "EXPIRED", Delay = lifetime.Value } : plan;

    private bool IsUnavailable(PswinMessage message)
    {
        var digits = MagicNumber.Of(message.Receiver);
        if (digits == MagicNumber.AlwaysUnavailable)
            return true;
        if (digits != MagicNumber.UnavailableOnce)
            return false;

        // The protocol has no key: the same text to the same receiver is taken for the next try.
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Receiver + "\n" + message.Text)));
        if (refusedOnce.TryAdd(key, 0))
            return true;
        refusedOnce.TryRemove(key, out _);
        return false;
    }

    private static string? Refusal(PswinMessage message, int? digits)
    {
        if (digits == MagicNumber.RefusedAtSend)
            return $"Invalid RCV '{message.Receiver}'. Refused.";
        if (message.Receiver.Length < 9 || !message.Receiver.All(char.IsAsciiDigit))
            return $"Invalid RCV '{message.Receiver}'. Receiver number must be at least 9 digits.";
        return Sender().IsMatch(message.Sender) ? null : $"Invalid SND '{message.Sender}'.";
    }

    // The gateway strips the international prefix.
    private static string Bare(string receiver)
    {
        if (receiver.StartsWith('+'))
            return receiver[1..];
        return receiver.StartsWith("00", StringComparison.Ordinal) ? receiver[2..] : receiver;
    }

    private static IResult Answer(string xml) => Results.Text(xml, "text/xml", Encoding.UTF8);

    [GeneratedRegex(@"\A(\+?[0-9]{1,15}|[A-Za-z0-9!""#%&'()*+\-./?><; ]{1,11})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sender();
}
