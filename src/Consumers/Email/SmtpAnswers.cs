using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>What the refusals of a mail server mean. A refusal is an answer: the message is not with the server.</summary>
internal static class SmtpAnswers
{
    public static Verdict Of(SmtpStep step, SmtpReply reply) => (step, reply.Code / 100) switch
    {
        (_, 4) => Verdict.Again(AttemptOutcome.Deferred, reply.Answer),
        (SmtpStep.Connect or SmtpStep.Authenticate, 5) => Verdict.Paused(PauseCause.Misconfigured, reply.Answer),
        (_, 5) when reply.Code is 530 or 535 => Verdict.Paused(PauseCause.Misconfigured, reply.Answer),
        (_, 5) when reply.Code == 552 || reply.Enhanced == "5.3.4" => Verdict.Refused(NotificationState.Failed_PayloadTooLarge, reply.Answer),
        (SmtpStep.Sender, 5) => Verdict.Paused(PauseCause.Misconfigured, reply.Answer) with { IsAboutSender = true },
        (SmtpStep.Recipient, 5) when reply.Code is 501 or 553 || reply.Enhanced == "5.1.3" => Verdict.Refused(NotificationState.Failed_InvalidFormat, reply.Answer),
        (SmtpStep.Recipient, 5) when reply.Code is 550 or 551 => Verdict.Refused(NotificationState.Failed_Bounced, reply.Answer),
        (_, 5) => Verdict.Refused(NotificationState.Failed, reply.Answer),
        // Neither a yes nor a no, once the message was given over and before.
        (SmtpStep.Message, _) => new Verdict(AttemptOutcome.Unknown, NotificationState.Sending, reply.Answer),
        _ => Verdict.Again(AttemptOutcome.Deferred, reply.Answer),
    };
}
