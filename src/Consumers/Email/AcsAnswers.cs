using System.Net;
using Notifications.Consumers.HandOff;
using Notifications.Store;

namespace Notifications.Consumers.Email;

/// <summary>What the answers of Azure Communication Services mean.</summary>
internal static class AcsAnswers
{
    public static Verdict OfSend(HttpStatusCode status, AcsError error, TimeSpan? retryAfter)
    {
        var answer = $"{(int)status} {error.Code}".TrimEnd();
        return status switch
        {
            HttpStatusCode.Accepted => new Verdict(AttemptOutcome.Accepted, NotificationState.Sending, "202"),
            HttpStatusCode.TooManyRequests => Verdict.Paused(PauseCause.Throttled, answer, retryAfter),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Verdict.Again(AttemptOutcome.Unknown, answer, retryAfter),
            // The account or its configuration is at fault, not the recipient; messages wait for the operator.
            >= HttpStatusCode.BadRequest when error.SaysSenderIsUnknown => Verdict.Paused(PauseCause.Misconfigured, answer) with { IsAboutSender = true },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => Verdict.Paused(PauseCause.Misconfigured, answer),
            HttpStatusCode.RequestEntityTooLarge => Verdict.Refused(NotificationState.Failed_PayloadTooLarge, answer),
            HttpStatusCode.BadRequest when error.SaysOperationIdWasUsed => new Verdict(AttemptOutcome.Accepted, NotificationState.Sending, answer),
            >= HttpStatusCode.BadRequest when error.SaysAddressIsInvalid => Verdict.Refused(NotificationState.Failed_InvalidFormat, answer),
            >= HttpStatusCode.BadRequest when error.SaysRecipientIsSuppressed => Verdict.Refused(NotificationState.Failed_SuppressedRecipient, answer),
            >= HttpStatusCode.BadRequest => Verdict.Refused(NotificationState.Failed, answer),
            _ => Verdict.Again(AttemptOutcome.Unknown, answer),
        };
    }

    /// <summary>Null while the operation is under way. One that succeeded was handed on to the recipient's server, which is not the end.</summary>
    public static NotificationState? OfOperation(string? status, AcsError error) => status switch
    {
        "Succeeded" => NotificationState.Succeeded,
        "Failed" or "Canceled" when error.SaysRecipientIsSuppressed => NotificationState.Failed_SuppressedRecipient,
        "Failed" or "Canceled" when error.SaysAddressIsInvalid => NotificationState.Failed_InvalidFormat,
        "Failed" or "Canceled" => NotificationState.Failed,
        _ => null,
    };
}
