namespace Notifications.Store;

/// <summary>The final state of one shipment, for readers of the status feed.</summary>
public sealed class FeedEntry
{
    public long Id { get; init; }

    /// <summary>
    /// Given to entries that are already committed, by one reader at a time: a reader that has seen a number will never find a lower one
    /// appear. Null until then.
    /// </summary>
    public long? Sequence { get; init; }
    public required string Creator { get; init; }
    public required Guid ShipmentId { get; init; }

    /// <summary>The entry as it stands on the wire, without its number.</summary>
    public required string Entry { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
