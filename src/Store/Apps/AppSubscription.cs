namespace Notifications.Store;

/// <summary>A subscription at Altinn Events to everything that an app of the creator's tells.</summary>
public sealed class AppSubscription
{
    public required string Creator { get; init; }
    public required string App { get; init; }

    /// <summary>As Altinn Events names it.</summary>
    public required long SubscriptionId { get; init; }
    public required DateTimeOffset SubscribedAt { get; init; }
}
