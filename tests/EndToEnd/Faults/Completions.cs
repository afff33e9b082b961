using Notifications.Tests.EndToEnd.Driving;

namespace Notifications.Tests.EndToEnd.Faults;

/// <summary>Follows an owner's feed by its cursor.</summary>
internal sealed class Completions(NotificationsDriver owner)
{
    private readonly HashSet<Guid> _seen = [];
    private long _cursor;

    /// <summary>How many of this many shipments have not come to their end.</summary>
    public async Task<int> Left(int shipments)
    {
        while (await owner.Feed(_cursor) is { Count: > 0 } page)
        {
            _seen.UnionWith(page.Select(e => e.ShipmentId));
            _cursor = page[^1].SequenceNumber;
        }
        return shipments - _seen.Count;
    }
}
