namespace Notifications.Store;

/// <summary>How many calls a provider takes within any span of that length.</summary>
public sealed record CallLimit(int Most, TimeSpan Within);

/// <summary>Calls that were made until a moment, and not long before it.</summary>
public sealed record MadeCalls(DateTimeOffset At, int Count);

/// <summary>
/// How often a provider may be called, by the calls that were made: in no span of a limit's length more than it allows. Rounding is always on
/// the side of the provider.
/// </summary>
public sealed class Pace(params IReadOnlyList<CallLimit> limits)
{
    /// <summary>A call reaches the provider a little later than it is counted here.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Calls of one such slot are counted together.</summary>
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(1);

    public int Free(IReadOnlyList<MadeCalls> made, DateTimeOffset now) =>
        Math.Max(0, limits.Min(limit => limit.Most - made.Where(calls => calls.At > now - limit.Within - Margin).Sum(calls => calls.Count)));

    /// <summary>The calls that are still to be thought of, with those that are made now.</summary>
    public IReadOnlyList<MadeCalls> With(IReadOnlyList<MadeCalls> made, DateTimeOffset now, int count)
    {
        var slot = new DateTimeOffset((now.UtcTicks + Slot.Ticks - 1) / Slot.Ticks * Slot.Ticks, TimeSpan.Zero);
        var longest = limits.Max(limit => limit.Within) + Margin;
        return [.. made.Append(new MadeCalls(slot, count)).Where(calls => calls.At > now - longest).GroupBy(calls => calls.At).Select(g => new MadeCalls(g.Key, g.Sum(calls => calls.Count)))];
    }
}
