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
    public List<Statement> Statements { get; } = [];
    public List<StoredMessage> Messages { get; } = [];
    public List<StoredTimer> Timers { get; } = [];
    public List<Guid> Cancelled { get; } = [];

    public bool IsEmpty
        => Inbox is null && Sagas.Count == 0 && Statements.Count == 0 && Messages.Count == 0 && Timers.Count == 0 && Cancelled.Count == 0;

    public void Cancel(Guid tokenId)
    {
        Timers.RemoveAll(timer => timer.TokenId == tokenId);
        Cancelled.Add(tokenId);
    }
}
