using Notifications.Store;

namespace Notifications.Consumers.HandOff;

/// <summary>What one call to a provider says about the notification.</summary>
/// <param name="Answer">The provider's own words, without addresses or texts.</param>
public sealed record Verdict(AttemptOutcome Outcome, NotificationState State, string Answer, string? Reference = null, TimeSpan? RetryAfter = null)
{
    /// <summary>No provider counts its calls over a longer time. What asks for more is heard until then, and asked again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>What is wrong is between the provider and us, so that nothing else need be sent through it for now.</summary>
    public PauseCause? Pause { get; init; }

    /// <summary>With <see cref="Pause"/>: what is wrong is about the message's sender, and others may send.</summary>
    public bool IsAboutSender { get; init; }

    /// <summary>The provider did not do its work, for a reason that it did not tell.</summary>
    public bool IsFailure => Pause is null && Outcome is AttemptOutcome.Unknown or AttemptOutcome.Deferred;

    public static Verdict Refused(NotificationState state, string answer) => new(AttemptOutcome.Refused, state, answer);

    /// <summary>Nothing is sent where the last message bounced: each further one would make it worse, for the sender and for the address.</summary>
    public static Verdict? OfAddress(ClaimedNotification message) => message.AddressIsBad is { } reason
        ? Refused(reason == NotificationState.Failed_InvalidRecipient ? reason : NotificationState.Failed_SuppressedRecipient, $"not sent: {reason} was reported about this address")
        : null;

    /// <summary>The provider did not take the message, or may be asked again without a second message.</summary>
    public static Verdict Again(AttemptOutcome outcome, string answer, TimeSpan? retryAfter = null) =>
        new(outcome, NotificationState.New, answer, RetryAfter: retryAfter > TimeSpan.Zero ? (retryAfter > LongestWait ? LongestWait : retryAfter) : null);

    /// <summary>The provider did not take the message, and would not take another one; the message waits with all others.</summary>
    public static Verdict Paused(PauseCause cause, string answer, TimeSpan? retryAfter = null) => Again(AttemptOutcome.Deferred, answer, retryAfter) with { Pause = cause };

    public SettledAttempt Settle(ClaimedNotification claimed, DateTimeOffset now) => new(
        claimed.Id, claimed.Attempt, Outcome, State, Reference, Answer,
        State == NotificationState.New ? now + (Pause is null ? RetryAfter ?? Backoff.After(claimed.Attempt) : TimeSpan.Zero) : null);
}
