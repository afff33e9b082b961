using System.Security.Cryptography;
using System.Text.Json;
using Notifications.Sandbox.Answers;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Journal;
using Notifications.Sandbox.Reports;

namespace Notifications.Sandbox.Acs;

internal sealed class SendEmail(
    AcsSignature signature,
    EmailOperations operations,
    EmailReports reports,
    MessageInbox inbox,
    Mailboxes mailboxes,
    Scripts scripts,
    PublishedLimits limits,
    FaultBoard faults,
    SandboxJournal journal,
    SandboxSettings settings,
    TimeProvider time)
{
    private const int LargestBody = 10 * 1024 * 1024;
    private const int ThrottledCalls = 2;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/emails:send", (HttpContext context, SendEmail send) => send.Handle(context)).CanFail("acs");

    private async Task<IResult> Handle(HttpContext context)
    {
        if (ApiVersion.Refusal(context) is { } refusal)
            return refusal;
        if (await Body(context) is not { } body)
            return AcsAnswer.Refuse(context, 413, "RequestTooLarge", "The request is larger than 10 MB.");

        var hash = AcsSignature.ContentHash(body);
        if (signature.Fault(context, hash) is { } fault)
            return AcsAnswer.Refuse(context, 401, "Unauthorized", fault);
        if (limits.Send() is { } wait)
            return AcsAnswer.Throttle(context, wait);

        var key = context.Request.Headers["Operation-Id"].ToString();
        var id = Guid.NewGuid();
        if (key.Length > 0 && !Guid.TryParse(key, out id))
            return AcsAnswer.Refuse(context, 400, "InvalidOperationId", "Operation-Id must be a UUID.");

        var calls = operations.Call(id, hash);
        if (operations.Find(id) is { } known)
            return Repeat(context, known, hash);
        if (Parse(body) is not { } message)
            return AcsAnswer.Refuse(context, 400, "BadRequest", "The body is not an email message.");
        if (EmailRules.Broken(message) is { } broken)
            return AcsAnswer.Refuse(context, 400, broken.Code, broken.Message);
        if (message.Recipients!.Addresses.Select(scripts.NextAnswer).FirstOrDefault(scripted => scripted is not null) is { } answer)
        {
            if (answer.Takes)
                Take(message, id, hash, key.Length > 0);
            return await answer.Give(context);
        }
        return await Misbehave(context, message, calls) ?? await Accept(context, message, id, hash, key.Length > 0);
    }

    private async Task<IResult> Accept(HttpContext context, EmailMessage message, Guid id, string hash, bool isNamed)
    {
        var (operation, isNew, reported) = Take(message, id, hash, isNamed);
        if (!isNew)
            return Repeat(context, operation, hash);
        if (message.Recipients!.Addresses.Any(recipient => scripts.For(recipient) is { ReportsFirst: true }))
            await reported.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (message.Recipients!.Addresses.All(recipient => MagicMailbox.Named(recipient) != "lost-response"))
            return Accepted(context, operation);

        context.Abort();
        return Results.Empty;
    }

    private (EmailOperation Operation, bool IsNew, Task Reported) Take(EmailMessage message, Guid id, string hash, bool isNamed)
    {
        var recipients = message.Recipients!.Addresses.ToList();
        var operation = operations.Accept(id, Operation(message, recipients, id, hash, isNamed), out var isNew);
        if (!isNew)
            return (operation, false, Task.CompletedTask);

        inbox.Add(operation.Message);
        journal.Write(new EmailAccepted(operation));
        return (operation, true, Task.WhenAll(recipients.SelectMany(recipient => Report(operation.Message, recipient)).ToList()));
    }

    private static IResult Repeat(HttpContext context, EmailOperation operation, string hash) =>
        operation.ContentHash == hash
            ? Accepted(context, operation)
            : AcsAnswer.Refuse(context, 400, "OperationIdAlreadyUsed", "The Operation-Id was used for another message.");

    private EmailOperation Operation(EmailMessage message, List<string> recipients, Guid id, string hash, bool isNamed)
    {
        var now = time.GetUtcNow();
        var reference = id.ToString();
        var ending = recipients.All(mailboxes.IsSuppressed)
            ? ("Failed", MagicMailbox.Suppressed)
            : recipients.Select(recipient => MagicMailbox.Ending(MagicMailbox.Named(recipient))).FirstOrDefault(found => found is not null);
        var row = new InboxMessage
        {
            Channel = "email",
            To = string.Join(", ", recipients),
            From = message.SenderAddress!,
            Subject = message.Content!.Subject,
            Body = message.Content.Html ?? message.Content.PlainText!,
            ContentType = message.Content.Html is null ? "Plain" : "Html",
            Attachments = message.Attachments is { Count: > 0 } attachments ? [.. attachments.Select(Received)] : null,
            NotificationId = isNamed ? reference : null,
            Reference = reference,
            AcceptedAt = now,
            Status = ending is null || ending.Value.Item2 == MagicMailbox.Suppressed ? "Accepted" : ending.Value.Item1,
        };
        var completes = now + TimeSpan.FromSeconds(settings.AcsOperationSeconds);
        return new EmailOperation(id, hash, row, completes, ending?.Item1 ?? "Succeeded", ending?.Item2);
    }

    private static InboxAttachment Received(EmailAttachment attachment)
    {
        var content = Convert.FromBase64String(attachment.ContentInBase64!);
        return new(attachment.Name!, attachment.ContentType!, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Returns when each of its reports will have been taken.</summary>
    private List<Task> Report(InboxMessage message, string recipient)
    {
        var name = MagicMailbox.Named(recipient);
        var planned = MagicMailbox.Reports(name, TimeSpan.FromSeconds(settings.LateReportSeconds));
        if (name is null && mailboxes.IsSuppressed(recipient))
            planned = [new("Suppressed")];
        else if (scripts.For(recipient)?.PlannedReports() is { } scripted)
            planned = scripted;

        // A test may bounce the magic addresses as often as it likes; only ordinary ones are held.
        if (name is null && planned.Any(report => report.Status == "Bounced"))
            mailboxes.Bounced(recipient);

        var taken = new List<Task>();
        foreach (var plan in planned)
        {
            var delay = plan.Delay + faults.ReportDelay("acs");
            var report = new EmailReport(Guid.NewGuid().ToString(), message, recipient, plan.Status, message.AcceptedAt + delay - plan.Age);
            for (var copy = 0; copy < plan.Copies; copy++)
                taken.Add(reports.Add(report, delay));
        }
        return taken;
    }

    private static async Task<IResult?> Misbehave(HttpContext context, EmailMessage message, int calls)
    {
        var names = message.Recipients!.Addresses.Select(MagicMailbox.Named).Where(name => name is not null).ToHashSet(StringComparer.Ordinal);
        if (names.Contains("always-500") || (names.Contains("server-error") && calls == 1))
            return AcsAnswer.Refuse(context, 500, "InternalServerError", "An internal error occurred.");
        if (names.Contains("too-large"))
            return AcsAnswer.Refuse(context, 413, "RequestTooLarge", "The request is larger than 10 MB.");
        if (names.Contains("throttled") && calls <= ThrottledCalls)
            return AcsAnswer.Throttle(context, 1);
        if (!names.Contains("timeout"))
            return null;

        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Results.Empty;
    }

    private static IResult Accepted(HttpContext context, EmailOperation operation)
    {
        var version = context.Request.Query["api-version"];

        // The double slash is the service's own.
        context.Response.Headers["Operation-Location"] = $"http://{context.Request.Host}//emails/operations/{operation.Id}?api-version={version}";
        context.Response.Headers.RetryAfter = "20";
        return Results.Json(new OperationStatus(operation.Id.ToString(), "Running", null), statusCode: 202);
    }

    private static EmailMessage? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<EmailMessage>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<byte[]?> Body(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBody)
            return null;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.Length > LargestBody ? null : body.ToArray();
    }
}
