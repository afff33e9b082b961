using System.Collections.Concurrent;

namespace Notifications.Api.Limits;

/// <summary>
/// Whose orders go straight to the bus. A creator that orders faster than others would stand joins the backlog, from which the workers admit
/// round-robin, with everything until it orders less; nobody is refused, and nobody is held while there is room.
/// </summary>
public sealed class Admission(LimitSettings settings, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, LeakyBucket> _straight = new(StringComparer.Ordinal);

    /// <summary>Whether an order that is due now joins the backlog.</summary>
    public bool JoinsBacklog(string creator) =>
        _straight.GetOrAdd(creator, _ => new LeakyBucket(settings.StraightOrders, clock)).Overflows();

    /// <summary>
    /// Holds a second's worth. What overflows counts as well, for at most another second: half of a campaign on the bus would be the queue
    /// that others wait in, and the half that came last would be first.
    /// </summary>
    private sealed class LeakyBucket(int perSecond, TimeProvider clock)
    {
        private readonly Lock _gate = new();
        private double _level;
        private long _at = clock.GetTimestamp();

        public bool Overflows()
        {
            lock (_gate)
            {
                var now = clock.GetTimestamp();
                var leaked = clock.GetElapsedTime(_at, now).TotalSeconds * perSecond;
                _level = Math.Min(Math.Max(0, _level - leaked) + 1, 2.0 * perSecond);
                _at = now;
                return _level > perSecond;
            }
        }
    }
}
