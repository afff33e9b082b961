using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Notifications.Api.Limits;

/// <summary>
/// Whose orders go straight to the bus. A creator that orders more at once than others would notice joins the backlog, from which the
/// workers admit round-robin; nobody is refused, and nobody is held while there is room.
/// </summary>
public sealed class Admission(LimitSettings settings)
{
    /// <summary>A bucket is filled when it is asked: one that fills itself wakes an idle host ten times a second.</summary>
    private readonly ConcurrentDictionary<string, TokenBucketRateLimiter> _straight = new(StringComparer.Ordinal);

    /// <summary>Whether an order that is due now joins the backlog.</summary>
    public bool JoinsBacklog(string creator)
    {
        var bucket = _straight.GetOrAdd(creator, _ => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.StraightOrders,
            TokensPerPeriod = settings.StraightOrders,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = false,
        }));
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        return !lease.IsAcquired;
    }
}
