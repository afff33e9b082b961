using System.Net;
using System.Net.Sockets;
using System.Text;
using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Answers;
using Notifications.Sandbox.Faults;
using Notifications.Sandbox.Inbox;

namespace Notifications.Sandbox.Smtp;

/// <summary>
/// A mail server that delivers to the inbox: RFC 5321 with delivery status notifications. It listens where <c>Sandbox:SmtpPort</c> says, and
/// the magic mailboxes are the same as elsewhere.
/// </summary>
internal sealed class SmtpSink(MessageInbox inbox, SmtpReports reports, Scripts scripts, FaultBoard faults, SandboxSettings settings, TimeProvider time) : BackgroundService
{
    private const string Target = "smtp";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.SmtpPort is not { } port)
            return;

        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (!stoppingToken.IsCancellationRequested)
            _ = Serve(await listener.AcceptTcpClientAsync(stoppingToken), stoppingToken);
    }

    private async Task Serve(TcpClient client, CancellationToken stopping)
    {
        using (client)
        {
            try
            {
                var fault = faults.For(Target) is { } set && set.Hits() ? set : null;
                if (fault?.Mode == "reset-before")
                {
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }
                if (fault?.Mode is "hang")
                    await fault.WhenOff.WaitAsync(stopping);
                await Converse(client, fault, stopping);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client is gone, or the sandbox.
            }
        }
    }

    private async Task Converse(TcpClient client, Fault? fault, CancellationToken stopping)
    {
        using var reader = new StreamReader(client.GetStream(), new UTF8Encoding(false), leaveOpen: true);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync(fault?.Mode switch
        {
            "500" or "503" or "throttle" => "421 4.3.2 Service not available",
            "garbage" => "<<{]garbage[}>>",
            _ => "220 sandbox ESMTP",
        });

        var (from, to, envelope) = ("", "", "");
        ScriptedAnswer? answer = null;
        while (await reader.ReadLineAsync(stopping) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 DSN");
                    break;
                case "MAIL" when fault?.Mode is "401" or "403":
                    await writer.WriteLineAsync("530 5.7.0 Authentication required");
                    break;
                case "MAIL":
                    (from, envelope) = (Path(line), line.Split("ENVID=", 2) is [_, var id] ? id.Split(' ')[0] : "");
                    await writer.WriteLineAsync("250 2.1.0 Ok");
                    break;
                case "RCPT":
                    to = Path(line);
                    answer = scripts.NextAnswer(to);
                    if (answer is { Takes: false })
                    {
                        await Give(answer, client, writer, stopping);
                        break;
                    }
                    await writer.WriteLineAsync(MagicMailbox.Named(to) switch
                    {
                        "invalid-format" => "553 5.1.3 Bad address",
                        "always-500" => "451 4.3.0 Try again later",
                        _ => "250 2.1.5 Ok",
                    });
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 End with a dot");
                    await Receive(await Message(reader, stopping), from, to, envelope, fault, answer is null ? null : () => Give(answer, client, writer, stopping), writer);
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 2.0.0 Bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 5.5.1 Not known here");
                    break;
            }
        }
    }

    private async Task Receive(string message, string from, string to, string envelope, Fault? fault, Func<Task>? answer, StreamWriter writer)
    {
        if (MagicMailbox.Named(to) == "too-large")
        {
            await writer.WriteLineAsync("552 5.3.4 Too large");
            return;
        }
        var mail = ReceivedMail.Read(message);
        var row = new InboxMessage
        {
            Channel = "email",
            To = to,
            From = from,
            Subject = mail.Subject,
            Body = mail.Body,
            ContentType = mail.IsHtml ? "Html" : "Plain",
            Attachments = mail.Attachments.Count > 0 ? mail.Attachments : null,
            NotificationId = envelope.Length > 0 ? envelope : null,
            Reference = envelope.Length > 0 ? envelope : Guid.NewGuid().ToString(),
            AcceptedAt = time.GetUtcNow(),
        };
        inbox.Add(row);
        var reported = Report(row, to);
        if (answer is not null)
        {
            await answer();
            return;
        }
        if (scripts.For(to) is { ReportsFirst: true })
            await reported;
        if (fault?.Mode == "reset-after" || MagicMailbox.Named(to) == "lost-response")
            throw new IOException("The connection breaks.");
        await writer.WriteLineAsync("250 2.0.0 Queued");
    }

    private Task Report(InboxMessage row, string to)
    {
        var taken = new List<Task>();
        foreach (var plan in scripts.For(to)?.PlannedReports() ?? MagicMailbox.Reports(MagicMailbox.Named(to), TimeSpan.FromSeconds(settings.LateReportSeconds)))
        {
            for (var copy = 0; copy < plan.Copies; copy++)
                taken.Add(reports.Add(new EmailReport(Guid.NewGuid().ToString(), row, to, plan.Status, row.AcceptedAt), plan.Delay + faults.ReportDelay(Target)));
        }
        return Task.WhenAll(taken);
    }

    private static async Task Give(ScriptedAnswer answer, TcpClient client, StreamWriter writer, CancellationToken stopping)
    {
        switch (answer.Fault)
        {
            case "reset":
                client.LingerState = new LingerOption(true, 0);
                throw new IOException("The connection breaks.");
            case "slow":
                while (true)
                {
                    await writer.WriteAsync('2');
                    await Task.Delay(BrokenAnswer.BetweenBytes, stopping);
                }
            case "huge":
                while (true)
                    await writer.WriteLineAsync("250-There is more");
            default:
                await writer.WriteLineAsync(answer.Body ?? answer.Status switch
                {
                    401 or 403 => "530 5.7.0 Authentication required",
                    503 => "421 4.3.2 Service not available",
                    >= 400 => "451 4.3.0 Try again later",
                    _ => "250 2.0.0 Queued",
                });
                break;
        }
    }

    private static async Task<string> Message(StreamReader reader, CancellationToken stopping)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(stopping) is { } line && line != ".")
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return message.ToString();
    }

    private static string Path(string line) => line.Split('<', '>') is [_, var path, ..] ? path : "";
}
