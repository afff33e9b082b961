using Notifications.Store;

namespace Notifications.Sagas;

public enum AfterNoAnswer
{
    AskAgain,
    Send,
    Stop,
}

/// <summary>What a send condition's answers mean, and for how long.</summary>
public static class ConditionRules
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>A hand-off that comes later than this after the condition was found to be met asks again.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    /// <summary>One retry; then what the order says. Held back is held back until the shipment's time is over, and then not sent.</summary>
    public static AfterNoAnswer Decide(ConditionOnError onError, int tries, bool isOver) => onError switch
    {
        ConditionOnError.Hold => isOver ? AfterNoAnswer.Stop : AfterNoAnswer.AskAgain,
        _ when tries <= 1 && !isOver => AfterNoAnswer.AskAgain,
        ConditionOnError.Skip => AfterNoAnswer.Stop,
        _ => AfterNoAnswer.Send,
    };

    /// <summary>A minute, and for those who are held back ever longer pauses.</summary>
    public static TimeSpan Pause(int tries) => Backoff.Doubling(FirstPause, LongestPause, tries);

    public static bool IsFresh(OrderState shipment, DateTimeOffset now) => now < shipment.ConditionMetAt + Validity;

    /// <summary>A question is on its way, or the pause before the next one runs.</summary>
    public static bool IsBeingAsked(OrderState shipment, DateTimeOffset now) =>
        shipment.AskConditionTokenId is not null
        || (shipment.ConditionAskedAt is { } asked && !(shipment.ConditionMetAt >= asked) && now < asked + Patience.Lookup);

    /// <summary>A hand-off waits for this answer; an answer to an earlier question is not heard when messages are under way.</summary>
    public static bool IsAwaited(OrderState shipment) => shipment is { Condition: not null, ConditionAskedAt: { } asked } && !(shipment.ConditionMetAt >= asked);
}
