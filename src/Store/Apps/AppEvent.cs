namespace Notifications.Store;

/// <summary>An event of an Altinn app that was received: what it says, without whom it is about.</summary>
public sealed class AppEvent
{
    public required Guid Id { get; init; }

    /// <summary>As <c>ttd/app-name</c>.</summary>
    public required string App { get; init; }

    /// <summary>The sender's id of it. The same one means the same event.</summary>
    public required string EventId { get; init; }
    public required string InstanceId { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public int Attempts { get; init; }

    /// <summary>Null when it is worked off, or given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why the last attempt failed; of an event that is not tried any more, why it was given up.</summary>
    public string? Failure { get; init; }

    public string Creator => App[..App.IndexOf('/', StringComparison.Ordinal)];
}
