namespace Notifications.Store;

/// <summary>What a client submitted in one request: the main shipment and its reminders.</summary>
public sealed class Order
{
    public required Guid Id { get; init; }
    public required string Creator { get; init; }
    public required OrderKind Kind { get; init; }

    /// <summary>Null for requests that carry none: sent again, they are another order.</summary>
    public string? IdempotencyId { get; init; }

    /// <summary>A hash per member of the request, so that a repeated id with other content can say what differs.</summary>
    public string? Fingerprint { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? DialogId { get; init; }
    public string? TransmissionId { get; init; }
    public ReminderPolicy ReminderPolicy { get; init; }
}
