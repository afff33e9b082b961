using Notifications.Store;

namespace Notifications.Api.History;

/// <summary>Tells a shipment's history. What happened alike to several messages is one sentence.</summary>
public static class Story
{
    public static IEnumerable<string> Of(IReadOnlyList<HistoryLine> lines, Tongue tongue) =>
        from alike in lines.GroupBy(line => (line.Kind, line.State, line.Channel, line.Reason, line.ProviderState, Once: line.NotificationId is null ? line.Sequence : 0))
        let told = tongue.Tell(alike.First(), alike.Select(line => line.NotificationId).Distinct().Count())
        where told is not null
        select told;

    public static IEnumerable<(DateTimeOffset At, string What)> Next(AwaitedByShipment awaited, Tongue tongue)
    {
        var next = new (DateTimeOffset? At, Awaited What)[]
        {
            (awaited.State == "Scheduled" ? awaited.SendTime : null, Awaited.SendTime),
            (awaited.AsksAt, Awaited.Condition),
            (awaited.ResolvesAt, Awaited.Recipients),
            (awaited.OpensAt, Awaited.Opening),
            (awaited.TurnsAt, Awaited.Turn),
            (awaited.RetriesAt, Awaited.Retry),
            (awaited.FallsBackAt, Awaited.Fallback),
            (awaited.ExpiresAt, Awaited.Expiry),
        };
        return next.Concat(awaited.Reminders.Select(at => ((DateTimeOffset?)at, Awaited.Reminder)))
            .Where(n => n.Item1 is not null).Select(n => (n.Item1!.Value, tongue.Announce(n.Item2))).OrderBy(n => n.Value);
    }
}

/// <summary>What a shipment may wait for.</summary>
public enum Awaited
{
    SendTime,
    Condition,
    Recipients,
    Opening,
    Turn,
    Retry,
    Fallback,
    Expiry,
    Reminder,
}
