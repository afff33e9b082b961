using System.Collections.Concurrent;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Limits;

/// <summary>
/// Counts a creator's orders of the day. All hosts share one count in the database, from which each takes a little at a time; without a quota
/// nothing is counted.
/// </summary>
public sealed class DailyQuota(LimitSettings settings, ReserveOrders orders, TimeProvider clock) : IDisposable
{
    /// <summary>The part of a quota that a host takes at once, and that is lost when the host is.</summary>
    private const int Parts = 1000;

    private static readonly TimeZoneInfo Norway = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    private readonly ConcurrentDictionary<string, Stock> _stocks = new(StringComparer.Ordinal);

    /// <summary>Null when the order is within the quota, and counted; else the answer.</summary>
    public async ValueTask<IResult?> Take(string creator, CancellationToken cancellationToken)
    {
        if (settings.Of(creator).OrdersPerDay is not { } quota)
            return null;

        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Norway);
        var stock = _stocks.GetOrAdd(creator, _ => new Stock());
        await stock.Gate.WaitAsync(cancellationToken);
        try
        {
            var day = DateOnly.FromDateTime(now.DateTime);
            if (stock.Day != day || stock.Left == 0)
                (stock.Day, stock.Left) = (day, await orders.Reserve(creator, day, Math.Max(1, quota / Parts), quota, cancellationToken));
            if (stock.Left == 0)
                return Problems.TooMany($"{creator} has used up its orders of the day: {quota}.", UntilMidnight(now));

            stock.Left--;
            return null;
        }
        finally
        {
            stock.Gate.Release();
        }
    }

    /// <summary>Whether the next order would be one too many.</summary>
    public async ValueTask<bool> IsUsedUp(string creator, CancellationToken cancellationToken)
    {
        if (settings.Of(creator).OrdersPerDay is not { } quota)
            return false;

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Norway).DateTime);
        var left = _stocks.TryGetValue(creator, out var stock) && stock.Day == day ? stock.Left : 0;
        return left == 0 && await orders.Taken(creator, day, cancellationToken) >= quota;
    }

    public void Dispose()
    {
        foreach (var stock in _stocks.Values)
            stock.Gate.Dispose();
    }

    private static TimeSpan UntilMidnight(DateTimeOffset now)
    {
        var midnight = now.Date.AddDays(1);
        return new DateTimeOffset(midnight, Norway.GetUtcOffset(midnight)) - now;
    }

    /// <summary>What this host has of a creator's quota.</summary>
    private sealed class Stock
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public DateOnly Day { get; set; }

        public int Left { get; set; }
    }
}
