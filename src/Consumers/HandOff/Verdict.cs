using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>What one call to a provider says about the notification.</summary>
/// <param name="Answer">The provider's own words, without addresses or texts.</param>
public sealed record Verdict(AttemptOutcome Outcome, NotificationState State, string Answer, string? Reference = null, TimeSpan? RetryAfter = null)
{
    public static Verdict Refused(NotificationState state, string answer) => new(AttemptOutcome.Refused, state, answer);

    /// <summary>The provider did not take the message, or may be asked again without a second message.</summary>
    public static Verdict Again(AttemptOutcome outcome, string answer, TimeSpan? retryAfter = null) => new(outcome, NotificationState.New, answer, RetryAfter: retryAfter);

    public SettledAttempt Settle(ClaimedNotification claimed, DateTimeOffset now) => new(
        claimed.Id, claimed.Attempt, Outcome, State, Reference, Answer,
        State == NotificationState.New ? now + (RetryAfter ?? Backoff.After(claimed.Attempt)) : null);
}
