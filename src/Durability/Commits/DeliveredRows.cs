using System.Collections.Concurrent;

namespace Notifications.Durability;

/// <summary>Outbox rows whose message the broker has confirmed, waiting to be deleted with somebody else's commit.</summary>
sealed class DeliveredRows
{
    const int LargestTake = 1000;

    readonly ConcurrentQueue<(Guid Id, long Since)> _rows = new();

    public void Add(Guid id) => _rows.Enqueue((id, TimeProvider.System.GetTimestamp()));

    /// <summary>Takes waiting ids, if there are at least so many.</summary>
    public Guid[] Take(int atLeast)
    {
        if (_rows.Count < atLeast)
            return [];

        var ids = new List<Guid>();
        while (ids.Count < LargestTake && _rows.TryDequeue(out var row))
            ids.Add(row.Id);

        ids.Sort();
        return [.. ids];
    }

    /// <summary>Takes waiting ids, if the oldest has waited for so long: no commit came along for it.</summary>
    public Guid[] Take(TimeSpan waited) =>
        _rows.TryPeek(out var oldest) && TimeProvider.System.GetElapsedTime(oldest.Since) >= waited ? Take(atLeast: 1) : [];

    public void Return(Guid[] ids)
    {
        foreach (var id in ids)
            Add(id);
    }
}
