using System.Threading.RateLimiting;

namespace Notifications.Api.Limits;

/// <summary>
/// Whose orders go straight to the bus. A creator that orders more at once than others would notice joins the backlog, from which the
/// workers admit round-robin; nobody is refused, and nobody is held while there is room.
/// </summary>
public sealed class Admission(LimitSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan Refill = TimeSpan.FromMilliseconds(100);

    private readonly PartitionedRateLimiter<string> _straight = PartitionedRateLimiter.Create<string, string>(
        creator => RateLimitPartition.GetTokenBucketLimiter(creator, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.StraightOrders,
            TokensPerPeriod = Math.Max(1, settings.StraightOrders / 10),
            ReplenishmentPeriod = Refill,
        }),
        StringComparer.Ordinal);

    /// <summary>Whether an order that is due now joins the backlog.</summary>
    public bool JoinsBacklog(string creator)
    {
        using var lease = _straight.AttemptAcquire(creator);
        return !lease.IsAcquired;
    }

    public ValueTask DisposeAsync() => _straight.DisposeAsync();
}
