using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>
/// How long a state may last before the reconciler drives the shipment again. Longer than a backlog usually takes: driving what only waits
/// in a queue would make the queue longer.
/// </summary>
public static class Patience
{
    /// <summary>After the send time of a shipment that nothing has started.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    /// <summary>In the backlog, from which it leaves in its turn.</summary>
    public static readonly TimeSpan Admission = Backlogs.LongestWait;
    public static readonly TimeSpan Lookup = TimeSpan.FromSeconds(30);

    /// <summary>For all attachments of a shipment.</summary>
    public static readonly TimeSpan Fetch = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan Reports = TimeSpan.FromSeconds(30);
}

/// <summary>When a notification that is not final becomes <c>Failed_TTL</c>.</summary>
public static class Expiry
{
    public static readonly TimeSpan AfterSendTime = TimeSpan.FromHours(48);

    /// <summary>
    /// Counts from the send time, or from now for a shipment that is processed late, so that it is never born expired; with a sending window,
    /// from its first opening.
    /// </summary>
    public static DateTimeOffset Of(DateTimeOffset sendTime, DateTimeOffset now, SendingWindow? window = null)
    {
        var start = sendTime > now ? sendTime : now;
        return window?.Expiry(start) ?? start + AfterSendTime;
    }
}

/// <summary>When a shipment's notifications of one channel may be handed off.</summary>
public static class HandOffTimes
{
    public static HandOffTime Of(OrderState shipment, Channel channel, DateTimeOffset now)
    {
        var window = SendingTimes.Window(shipment.SendingWindow, channel);
        var opening = window?.At(now);
        var expiresAt = Expiry.Of(shipment.SendTime, now, window);
        if (opening?.From > now)
            // Whoever has a condition asks it again then, before anything leaves.
            return new(expiresAt, opening.From, shipment.Condition is null ? opening : opening with { Until = opening.From });

        if (shipment is { Condition: not null, ConditionMetAt: { } metAt })
            opening = new Opening(opening?.From ?? metAt, Earlier(opening?.Until, metAt + ConditionRules.Validity));
        return new(expiresAt, opening is null || opening.Contains(now) ? now + Retry.LostCommand : now, opening);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}

/// <summary>When a step that could not be done is tried again, and for how long.</summary>
public static class Retry
{
    /// <summary>How long a notification waits for its hand-off before the database drives it again; longer than a queue is usually deep.</summary>
    public static readonly TimeSpan LostCommand = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>After as long again as attachments were waited for.</summary>
    public static TimeSpan FetchPause(OrderState shipment, DateTimeOffset now) =>
        TimeSpan.FromTicks(Math.Clamp((now - shipment.SendTime).Ticks, ShortestPause.Ticks, LongestPause.Ticks));

    public static bool IsOver(OrderState shipment, DateTimeOffset now) => now >= shipment.SendTime + Expiry.AfterSendTime;
}
