namespace Notifications.Store;

/// <summary>What a service owner wants ordered when an instance of one of its apps comes to a step of its process.</summary>
public sealed class NotificationRule
{
    public required string Creator { get; init; }

    /// <summary>The creator's own name for it.</summary>
    public required string Id { get; init; }

    /// <summary>As <c>ttd/app-name</c>.</summary>
    public required string App { get; init; }

    /// <summary>As it was put.</summary>
    public required string Rule { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}
