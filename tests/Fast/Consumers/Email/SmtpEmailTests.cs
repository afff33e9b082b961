using FsCheck;
using FsCheck.Fluent;
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

    public static TheoryData<string> Answers => [.. MappingTable.Rows("Mail servers", "Answers to a command").Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means_what_its_row_says(string answer)
    {
        var row = MappingTable.Rows("Mail servers", "Answers to a command").Single(r => r.Name == answer);
        await using var server = new ScriptedMailServer((row.Says.Split(' ')[0], $"{row.Code} Of ola@example.no"));

        var verdict = await Send(server, user: "us");

        (verdict.Outcome.ToString(), verdict.State.ToString(), verdict.Pause is null ? "" : verdict.IsAboutSender ? "sender" : "all").ShouldBe((row["Attempt"], row["Message"], row["Pause"]));
        verdict.Answer.ShouldNotContain("ola");
    }

    [Fact]
    public void Whatever_the_server_says_a_message_is_with_it_only_when_it_was_given_over() => Prop
        .ForAll(Gen.Elements("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "MESSAGE").ToArbitrary(), Mutilated.From("250 2.0.0 Ok", "250-here\r\n250 DSN", "354 go on", "554 5.7.1 No"), (step, answer) =>
        {
            var server = new ScriptedMailServer((step, System.Text.Encoding.Latin1.GetString(answer)));
            var verdict = Send(server.Port, Messages.Email, patience: TimeSpan.FromMilliseconds(50)).GetAwaiter().GetResult();
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            var canBeThere = server.Heard.Contains("DATA", StringComparer.Ordinal) && (step != "DATA" || System.Text.Encoding.Latin1.GetString(answer).Contains("354", StringComparison.Ordinal));
            return canBeThere || verdict.Outcome is not (AttemptOutcome.Accepted or AttemptOutcome.Unknown);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

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
