using Notifications.Api.Limits;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Foresight;

/// <summary>How many recipients a creator may look up in a day by Norwegian time; each time is kept.</summary>
public sealed class LookupQuota(LimitSettings settings, KeepLookups lookups, TimeProvider clock)
{
    public const int Default = 10_000;

    private static readonly TimeZoneInfo Norway = TimeZoneInfo.FindSystemTimeZoneById(SendingWindow.Oslo);

    /// <summary>Null when the lookup is within the quota, and kept; else the answer.</summary>
    public async Task<IResult?> Take(string creator, LookupKind kind, int recipients, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = TimeZoneInfo.ConvertTime(now, Norway).Date;
        var quota = settings.Of(creator).LookupsPerDay ?? Default;
        return await lookups.Take(creator, kind, recipients, Midnight(today), now, quota, cancellationToken)
            ? null
            : Problems.TooMany($"{creator} has used up its lookups of the day: {quota} recipients.", Midnight(today.AddDays(1)) - now);
    }

    private static DateTimeOffset Midnight(DateTime day) => new DateTimeOffset(day, Norway.GetUtcOffset(day)).ToUniversalTime();
}
