using System.Collections.Concurrent;

namespace Notifications.Durability;

/// <summary>Outbox rows whose message the broker has confirmed, waiting to be deleted with somebody else's commit.</summary>
sealed class DeliveredRows
{
    const int LargestTake = 1000;

    readonly ConcurrentQueue<Guid> _ids = new();

    public void Add(Guid id) => _ids.Enqueue(id);

    /// <summary>Takes waiting ids, if there are at least so many.</summary>
    public Guid[] Take(int atLeast)
    {
        if (_ids.Count < atLeast)
            return [];

        var ids = new List<Guid>();
        while (ids.Count < LargestTake && _ids.TryDequeue(out var id))
            ids.Add(id);

        ids.Sort();
        return [.. ids];
    }

    public void Return(Guid[] ids)
    {
        foreach (var id in ids)
            _ids.Enqueue(id);
    }
}
