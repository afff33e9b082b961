namespace Notifications.Store;

/// <summary>What happened to a shipment. The names are persisted, and are the names on the wire.</summary>
public enum HistoryKind
{
    Accepted,

    /// <summary>The saga's state changed; the reason is the message that changed it.</summary>
    StateChanged,
    Rescheduled,

    /// <summary>A register gave no usable answer. Of many times in a row the first, second, fourth, eighth and so on are kept.</summary>
    RecipientsUnavailable,
    ConditionUnanswered,

    /// <summary>The condition was not met any more when some messages had left.</summary>
    RestStopped,
    NotificationPlanned,
    FallbackChosen,
    HandOffStarted,
    HandOffEnded,
    ReportReceived,
    NotificationExpired,

    /// <summary>It had not left, and does not any more.</summary>
    NotificationTakenBack,
}

/// <summary>One line of a shipment's history, only ever added: who it was for and what it said are not in it.</summary>
public sealed class HistoryEntry
{
    public long Id { get; init; }
    public required Guid ShipmentId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required HistoryKind Kind { get; init; }
    public string? State { get; init; }
    public Channel? Channel { get; init; }
    public Guid? NotificationId { get; init; }
    public string? Reason { get; init; }
}

/// <summary>One line as it is read, with what the ledger of attempts and the delivery reports say in their places.</summary>
public sealed record HistoryLine(
    long Sequence, DateTimeOffset At, HistoryKind Kind, string? State, Channel? Channel, Guid? NotificationId, int? Attempt, string? Reason, string? ProviderState, string? Provider = null);
