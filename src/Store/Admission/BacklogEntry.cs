namespace Notifications.Store;

/// <summary>A shipment that is due, and waits to be admitted because its creator has ordered much at once.</summary>
public sealed class BacklogEntry
{
    public required string Creator { get; init; }

    /// <summary>The place in its creator's line.</summary>
    public required long Id { get; init; }

    public required Guid ShipmentId { get; init; }
}
