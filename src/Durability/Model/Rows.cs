namespace Notifications.Durability;

/// <summary>A message that a consumer has consumed.</summary>
public sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required Guid ConsumerId { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>A message that was committed and is not known to have reached a queue.</summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }
    public required byte[] Body { get; init; }
    public required string Metadata { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextAttemptAt { get; init; }
    public required int Attempts { get; init; }
}

/// <summary>A message that becomes due at a time of the workflow's clock.</summary>
public sealed class ScheduledMessage
{
    public required Guid Id { get; init; }
    public required Guid TokenId { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required byte[] Body { get; init; }
    public required string Metadata { get; init; }
}
