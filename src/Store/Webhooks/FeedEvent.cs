namespace Notifications.Store;

/// <summary>An entry of the status feed without the addresses that it holds.</summary>
/// <param name="Sequence">Its number in the feed.</param>
/// <param name="Status">By its name on the wire.</param>
/// <param name="ShipmentType">By its name on the wire.</param>
/// <param name="Notifications">How many notifications ended in which state, by the names of states on the wire; as JSON.</param>
public sealed record FeedEvent(
    long Sequence, Guid ShipmentId, string? SendersReference, string Status, string? ShipmentType, DateTimeOffset At, string Notifications);
