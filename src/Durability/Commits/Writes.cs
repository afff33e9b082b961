namespace Notifications.Durability;

sealed record InboxKey(Guid MessageId, Guid ConsumerId);

/// <summary>Everything one step writes.</summary>
sealed class Writes
{
    /// <summary>The consumed message, for a step that consumes one.</summary>
    public InboxKey? Inbox { get; set; }

    /// <summary>A random inbox key by which a repeated commit recognises itself, for a step that has no other key of its own.</summary>
    public InboxKey? Marker { get; set; }

    public List<SagaWrite> Sagas { get; } = [];

    /// <summary>The statements, in the order of each part. What one saga of a step writes is a part of its own.</summary>
    public List<List<Statement>> Parts { get; } = [[]];

    public List<StoredMessage> Messages { get; } = [];
    public List<StoredTimer> Timers { get; } = [];
    public List<Guid> Cancelled { get; } = [];

    public bool IsEmpty
        => Inbox is null && Sagas.Count == 0 && Parts.TrueForAll(part => part.Count == 0) && Messages.Count == 0 && Timers.Count == 0 && Cancelled.Count == 0;

    public void Enlist(Statement statement) => Parts[^1].Add(statement);

    public void BeginPart()
    {
        if (Parts[^1].Count > 0)
            Parts.Add([]);
    }

    public void Cancel(Guid tokenId)
    {
        Timers.RemoveAll(timer => timer.TokenId == tokenId);
        Cancelled.Add(tokenId);
    }
}
