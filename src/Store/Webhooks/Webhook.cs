namespace Notifications.Store;

/// <summary>Where a creator is told of final states: a reader of its status feed with a cursor of its own.</summary>
public sealed class Webhook
{
    public required Guid Id { get; init; }
    public required string Creator { get; init; }

    /// <summary>May hold a secret of the creator's, and is in no log.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The final states that are told, by their names on the wire; null for all of them.</summary>
    public string[]? Statuses { get; init; }

    /// <summary>How many events a request holds at most. Above 1 they come as a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Signs what is sent.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>Signs beside the new one for a while, so that a receiver can change over.</summary>
    public byte[]? OldSecret { get; init; }
    public DateTimeOffset? OldSecretUntil { get; init; }
    public required WebhookState State { get; init; }

    /// <summary>The number of the last entry of the feed that the receiver has taken or does not want.</summary>
    public required long DeliveredTo { get; init; }

    /// <summary>How many requests in a minute the receiver allows; null when that is no matter to it.</summary>
    public int? AllowedRate { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before this is anything sent; null when nothing will be.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Names the worker that is at it. Who has lost it, because it took too long or the webhook was changed, moves the cursor no more.</summary>
    public Guid? Lease { get; init; }
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>Failed attempts since the last that succeeded.</summary>
    public int Failures { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset? LastFailureAt { get; init; }
    public string? LastFailure { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
}

public enum WebhookState
{
    /// <summary>The receiver has not consented yet, and nothing is sent.</summary>
    Pending,

    Active,

    /// <summary>The receiver is gone, or has failed for too long. Its cursor stays where it was.</summary>
    Disabled,
}
