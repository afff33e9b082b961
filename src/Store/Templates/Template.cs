namespace Notifications.Store;

/// <summary>One version of a text that a creator orders by its name. Nothing of it ever changes but that it is retired.</summary>
public sealed class Template
{
    public required string Creator { get; init; }
    public required string Name { get; init; }

    /// <summary>From 1 on.</summary>
    public required int Version { get; init; }

    /// <summary>As JSON, in the shape in which it was given.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on nothing can be ordered with it.</summary>
    public DateTimeOffset? RetiredAt { get; init; }
}
