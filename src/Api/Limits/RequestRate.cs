using System.Threading.RateLimiting;
using Notifications.Api.Access;
using Notifications.Api.Wire;

namespace Notifications.Api.Limits;

/// <summary>How many requests each creator may make to this host, by a bucket of tokens that fills evenly.</summary>
public sealed class RequestRate(LimitSettings settings) : IEndpointFilter, IAsyncDisposable
{
    /// <summary>How often a bucket is filled up in a second.</summary>
    private const int Refills = 10;

    /// <summary>How many orders of batches may wait for their creator's turn; more than batches have under way at once.</summary>
    private const int Waiting = 10_000;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        creator => settings.Of(creator).RequestsPerSecond is { } rate
            ? RateLimitPartition.GetTokenBucketLimiter(creator, _ => Bucket(rate))
            : RateLimitPartition.GetNoLimiter(creator),
        StringComparer.Ordinal);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Creator.Of(context.HttpContext.User) is not { } creator)
            return await next(context);

        using var lease = _limiter.AttemptAcquire(creator);
        return lease.IsAcquired
            ? await next(context)
            : Problems.TooMany($"{creator} makes more requests than it may: {settings.Of(creator).RequestsPerSecond} in a second.", RetryAfter(lease));
    }

    /// <summary>For an order of a batch, which waits instead of being refused.</summary>
    public async Task Turn(string creator, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(creator, cancellationToken: cancellationToken);
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private static TokenBucketRateLimiterOptions Bucket(int rate)
    {
        var refills = Math.Min(rate, Refills);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate,
            TokensPerPeriod = rate / refills,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / refills),
            QueueLimit = Waiting,
        };
    }

    private static TimeSpan RetryAfter(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
}
