using Notifications.Store;

namespace Notifications.Sagas;

/// <summary>Why a message goes out over the other channel too.</summary>
public enum FallbackReason
{
    /// <summary>Everything that went out first has failed.</summary>
    FailedDelivery,

    /// <summary>No delivery was reported in the time that the order gives it.</summary>
    NoReport,
}

/// <summary>Messages over the channel that is preferred, and those over the other one that may take their place.</summary>
public sealed record PlannedFallback(IReadOnlyList<SelectedNotification> First, IReadOnlyList<SelectedNotification> Instead);

/// <summary>When a message goes on to the other channel of a schema that prefers one of them.</summary>
public static class FallbackRules
{
    /// <summary>
    /// What to keep beside the notifications that were chosen: for everybody who has addresses of both channels, those of the other one.
    /// Whoever share a first message share their fate with it.
    /// </summary>
    public static IReadOnlyList<PlannedFallback> Plan(RecipientOrder order, IReadOnlyList<ResolvedRecipient> found, IReadOnlyList<SelectedNotification> chosen)
    {
        if (order.Fallback == Fallback.OnMissingAddress || !SelectNotifications.IsPreference(order.ChannelSchema))
            return [];

        var (preferred, other) = order.ChannelSchema == ChannelSchema.EmailPreferred ? (Channel.Email, Channel.Sms) : (Channel.Sms, Channel.Email);
        var sent = chosen.Where(n => n.State == NotificationState.New).ToDictionary(SelectNotifications.SameText);
        var plans = new List<PlannedFallback>();
        foreach (var contact in found.Where(c => c.On(other).Length > 0))
        {
            SelectedNotification Message(Channel channel, string address) => SelectNotifications.Message(order, contact, order.Recipients[contact.Ordinal], channel, address);
            var first = contact.On(preferred).Select(address => sent.GetValueOrDefault(SelectNotifications.SameText(Message(preferred, address)))).OfType<SelectedNotification>().ToArray();
            if (first.Length > 0)
                Join(plans, new PlannedFallback(first, [.. contact.On(other).Select(address => Message(other, address))]));
        }
        return plans;
    }

    /// <summary>Null while nothing is to go out instead.</summary>
    public static FallbackReason? Decide(OpenFallback fallback, DateTimeOffset now) =>
        fallback.First.Count == 0 || fallback.First.Any(m => m.State == NotificationState.Delivered) ? null
        : fallback.First.All(HasFailed) ? FallbackReason.FailedDelivery
        : fallback.DueAt is { } due && (now >= due || fallback.First.All(m => Progress.Of(m.State) >= Progress.Final)) ? FallbackReason.NoReport
        : null;

    /// <summary>What a provider has, or may have, and was never reported is not known to have failed.</summary>
    private static bool HasFailed(FirstMessage message) =>
        Progress.Of(message.State) == Progress.Failed && !(message is { State: NotificationState.Failed_TTL, MayBeWithProvider: true });

    private static void Join(List<PlannedFallback> plans, PlannedFallback plan)
    {
        foreach (var sharing in plans.Where(p => p.First.Intersect(plan.First).Any()).ToArray())
        {
            plans.Remove(sharing);
            plan = new PlannedFallback([.. sharing.First.Union(plan.First)], [.. sharing.Instead.Concat(plan.Instead).DistinctBy(SelectNotifications.SameText)]);
        }
        plans.Add(plan);
    }
}
