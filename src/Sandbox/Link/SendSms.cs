using System.Text;
using System.Text.RegularExpressions;
using Notifications.Sandbox.Faults;

namespace Notifications.Sandbox.Link;

/// <summary>The gateway's XML interface.</summary>
internal sealed partial class SendSms(SmsIntake intake, SandboxSettings settings)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/link/xml", (HttpContext context, SendSms send) => send.Handle(context)).CanFail("link-xml", "link");
        routes.MapPost("/", (HttpContext context, SendSms send) => send.Handle(context)).CanFail("link-xml", "link");
    }

    private async Task<IResult> Handle(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (PswinRequest.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), context.Request.ContentType) is not { } session)
            return Answer(PswinReply.LogonFailed("Invalid XML"));
        if (session.Client != settings.LinkUser || session.Password != settings.LinkPassword)
            return Answer(PswinReply.LogonFailed("Invalid username or password"));

        var messages = session.Messages.Select(message => message with { Receiver = SmsIntake.Bare(message.Receiver) }).ToList();
        if (messages.Any(message => intake.IsUnavailable(message.Receiver, message.Text)))
            return Results.StatusCode(503);

        if (messages.Select(message => intake.NextAnswer(message.Receiver)).FirstOrDefault(scripted => scripted is not null) is { } answer)
            return await answer.Give(context, answer.Takes ? (await Accept(messages[0])).Reference ?? "" : "");

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

        // Zero is no limit, as the gateway has it.
        TimeSpan? lifetime = message.Ttl is > 0 ? TimeSpan.FromMinutes(message.Ttl.Value) : null;
        var reference = await intake.Take(message.Receiver, message.Sender, text, lifetime, refId: null);
        if (!settings.LinkReferences)
            return new PswinResult(message.Id, null, "OK", "");
        return new PswinResult(message.Id, digits == MagicNumber.EmptyReference ? "" : reference, "OK", "");
    }

    private static string? Refusal(PswinMessage message, int? digits)
    {
        if (digits == MagicNumber.RefusedAtSend)
            return $"Invalid RCV '{message.Receiver}'. Refused.";
        if (message.Receiver.Length < 9 || !message.Receiver.All(char.IsAsciiDigit))
            return $"Invalid RCV '{message.Receiver}'. Receiver number must be at least 9 digits.";
        return Sender().IsMatch(message.Sender) ? null : $"Invalid SND '{message.Sender}'.";
    }

    private static IResult Answer(string xml) => Results.Text(xml, "text/xml", Encoding.UTF8);

    [GeneratedRegex(@"\A(\+?[0-9]{1,15}|[A-Za-z0-9!""#%&'()*+\-./?><; ]{1,11})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sender();
}
