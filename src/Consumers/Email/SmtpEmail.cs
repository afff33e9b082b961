using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>
/// Sends through a mail server, a conversation for each message. A mail server has no key that would make a repeated message harmless. Until the
/// message is given over whole nothing is with the server; from then until its answer nobody knows, and the message is never sent again.
/// </summary>
public sealed class SmtpEmail(SmtpSettings settings, EmailSettings email, TimeProvider clock) : IMessageProvider
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    public async Task<Verdict> Send(ClaimedNotification message, CancellationToken cancellationToken)
    {
        var sender = message.Sender ?? email.DefaultSender;
        if (!IsPath(message.Address) || !IsPath(sender))
            return Verdict.Refused(NotificationState.Failed_InvalidFormat, "not sent: the address cannot be written");

        var isGivenOver = false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Timeout);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(settings.Host, settings.Port, patience.Token);
            await using var stream = await Secured(connection.GetStream(), patience.Token);
            var server = new SmtpConversation(stream);
            if (settings.Security != SmtpSecurity.StartTls)
                await server.Hear(220, SmtpStep.Connect, patience.Token);
            var offers = await server.Say($"EHLO {Environment.MachineName}", 250, SmtpStep.Connect, patience.Token);
            if (settings.User is { Length: > 0 } user)
                await server.Say($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{settings.Password}"))}", 235, SmtpStep.Authenticate, patience.Token);
            // Without its reports nothing would ever be known to have arrived.
            if (!Offers(offers, "DSN"))
                return Verdict.Paused(PauseCause.Misconfigured, "the mail server offers no delivery status notifications");

            var international = Ascii.IsValid(message.Address) && Ascii.IsValid(sender) ? "" : " SMTPUTF8";
            await server.Say($"MAIL FROM:<{sender}> RET=HDRS ENVID={message.Id}{international}", 250, SmtpStep.Sender, patience.Token);
            await server.Say($"RCPT TO:<{message.Address}> NOTIFY=SUCCESS,FAILURE", 250, SmtpStep.Recipient, patience.Token);
            await server.Say("DATA", 354, SmtpStep.Data, patience.Token);
            await server.Write(MimeMessage.Of(message, sender, clock.GetUtcNow()), patience.Token);
            isGivenOver = true;
            await server.Write(End, patience.Token);
            await server.Hear(250, SmtpStep.Message, patience.Token);
            return new Verdict(AttemptOutcome.Accepted, NotificationState.Succeeded, "250");
        }
        catch (SmtpRefusalException refusal)
        {
            return SmtpAnswers.Of(refusal.Step, refusal.Reply);
        }
        catch (AuthenticationException)
        {
            return Verdict.Paused(PauseCause.Misconfigured, "no secure connection");
        }
        catch (Exception e) when (e is IOException or SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var why = e is OperationCanceledException ? "no answer in time" : "the connection broke";
            return isGivenOver ? new Verdict(AttemptOutcome.Unknown, NotificationState.Sending, why) : Verdict.Again(AttemptOutcome.Deferred, $"not given over: {why}");
        }
    }

    private async Task<Stream> Secured(Stream plain, CancellationToken cancellationToken)
    {
        if (settings.Security == SmtpSecurity.None)
            return plain;
        if (settings.Security == SmtpSecurity.StartTls)
        {
            var server = new SmtpConversation(plain);
            await server.Hear(220, SmtpStep.Connect, cancellationToken);
            await server.Say($"EHLO {Environment.MachineName}", 250, SmtpStep.Connect, cancellationToken);
            await server.Say("STARTTLS", 220, SmtpStep.Authenticate, cancellationToken);
        }
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = settings.Host }, cancellationToken);
        return secure;
    }

    private static bool Offers(SmtpReply reply, string extension) => reply.Lines.Any(l => l.Split(' ')[0].Equals(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Nothing in it ends the path, or the line, before its time.</summary>
    private static bool IsPath(string address) => address.Contains('@', StringComparison.Ordinal) && !address.Any(c => c is '<' or '>' || char.IsWhiteSpace(c) || char.IsControl(c));
}
