using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Sandbox.Smtp;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Email;

/// <summary>A mail server over the wire: what it says, what it does not say, and what is then known of the message.</summary>
public sealed class SmtpEmailTests
{
    /// <summary>For a server that says nothing, which is the only one that is given up for the time.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_message_is_given_over_with_its_id_for_reports()
    {
        await using var server = new ScriptedMailServer();

        (await Send(server, user: "us")).ShouldBe(new Verdict(AttemptOutcome.Accepted, NotificationState.Succeeded, "250"));

        server.Heard.Select(l => l.Split(' ')[0]).ShouldBe(["EHLO", "AUTH", "MAIL", "RCPT", "DATA"]);
        server.Heard[1].ShouldBe($"AUTH PLAIN {Convert.ToBase64String("\0us\0secret"u8)}");
        server.Heard[2].ShouldBe($"MAIL FROM:<noreply@altinn.cloud> RET=HDRS ENVID={Messages.Email.Id}");
        server.Heard[3].ShouldBe("RCPT TO:<ola@example.no> NOTIFY=SUCCESS,FAILURE");
    }

    [Theory]
    [InlineData("CONNECT", "421 4.3.2 Busy", AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData("CONNECT", "554 5.7.1 Not you", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData("AUTH", "535 5.7.8 No", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData("EHLO", "250 here", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData("MAIL", "530 5.7.0 Authentication required", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData("MAIL", "550 5.7.1 Sender refused", AttemptOutcome.Deferred, NotificationState.New, PauseCause.Misconfigured)]
    [InlineData("RCPT", "450 4.2.0 Greylisted ola@example.no", AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData("RCPT", "550 5.1.1 ola@example.no is nobody", AttemptOutcome.Refused, NotificationState.Failed_Bounced, null)]
    [InlineData("RCPT", "553 5.1.3 Bad address", AttemptOutcome.Refused, NotificationState.Failed_InvalidFormat, null)]
    [InlineData("DATA", "554 5.5.1 No", AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData("MESSAGE", "552 5.3.4 Too large", AttemptOutcome.Refused, NotificationState.Failed_PayloadTooLarge, null)]
    [InlineData("MESSAGE", "554 5.7.1 Spam", AttemptOutcome.Refused, NotificationState.Failed, null)]
    [InlineData("MESSAGE", "451 4.3.0 Later", AttemptOutcome.Deferred, NotificationState.New, null)]
    [InlineData("MESSAGE", "299 What", AttemptOutcome.Unknown, NotificationState.Sending, null)]
    public async Task An_answer_means(string step, string answer, AttemptOutcome outcome, NotificationState state, PauseCause? pause)
    {
        await using var server = new ScriptedMailServer((step, answer));

        var verdict = await Send(server, user: "us");

        (verdict.Outcome, verdict.State, verdict.Pause).ShouldBe((outcome, state, pause));
        verdict.Answer.ShouldNotContain("ola");
        verdict.IsAboutSender.ShouldBe(answer.StartsWith("550 5.7.1 Sender", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData("MESSAGE")]
    public async Task A_connection_that_breaks_or_never_comes_to_an_end_leaves_the_message_unknown_once_it_is_given_over_and_not_before(string step)
    {
        foreach (var answer in new[] { "", "silence", "garbage", new string('2', 100_000), string.Concat(Enumerable.Repeat("250-more\r\n", 1000)) })
        {
            await using var server = new ScriptedMailServer((step, answer));

            (await Send(server, patience: answer == "silence" ? Short : Long)).Outcome.ShouldBe(step == "MESSAGE" ? AttemptOutcome.Unknown : AttemptOutcome.Deferred, $"{step} {answer[..Math.Min(9, answer.Length)]}");
        }
    }

    [Fact]
    public async Task Nobody_there_is_no_message_there() =>
        (await Send(RawServer.ClosedPort(), Messages.Email)).Outcome.ShouldBe(AttemptOutcome.Deferred);

    [Theory]
    [InlineData("ola@example.no>\r\nRCPT TO:<kari@example.no")]
    [InlineData("ola kari@example.no")]
    [InlineData("ola")]
    public async Task An_address_that_would_end_its_line_is_not_written(string address)
    {
        await using var server = new ScriptedMailServer();

        (await Send(server.Port, Messages.Email with { Address = address })).State.ShouldBe(NotificationState.Failed_InvalidFormat);
        server.Heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(EmailContentType.Plain, "Kjære Ola & Kari.\n.\nSlutt")]
    [InlineData(EmailContentType.Html, "<p>Blåbærsyltetøy</p>")]
    public async Task What_is_written_is_read_as_it_was_meant(EmailContentType type, string body)
    {
        await using var server = new ScriptedMailServer();
        var subject = string.Concat(Enumerable.Repeat("Blåbærsyltetøy 🫐 ", 20)) + "\r\nBcc: kari@example.no";
        var file = new AttachmentFile("brev på norsk.pdf", "application/pdf", [.. Enumerable.Range(0, 5000).Select(i => (byte)i)]);

        await Send(server.Port, Messages.Email with { Subject = subject, Body = body, ContentType = type, Attachments = [file] });

        var read = ReceivedMail.Read(server.Message);
        (read.Subject, read.Body, read.IsHtml).ShouldBe((subject, body, type == EmailContentType.Html));
        var received = read.Attachments.ShouldHaveSingleItem();
        (received.Name, received.ContentType, received.Size).ShouldBe((file.Filename, file.MimeType, file.Content.Length));
        server.Message.Split("\r\n").ShouldAllBe(line => line.Length < 200);
        server.Message.ShouldNotContain("\r\nBcc:");
    }

    private static Task<Verdict> Send(ScriptedMailServer server, string? user = null, TimeSpan? patience = null) => Send(server.Port, Messages.Email, user, patience);

    private static Task<Verdict> Send(int port, ClaimedNotification email, string? user = null, TimeSpan? patience = null) =>
        new SmtpEmail(new SmtpSettings("127.0.0.1", port, SmtpSecurity.None, user, "secret", patience ?? Long), new EmailSettings(), new FixedClock()).Send(email, CancellationToken.None);
}
