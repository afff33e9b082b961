namespace Notifications.Store;

/// <summary>What has kept a message from being made a second one.</summary>
public enum DuplicateKind
{
    /// <summary>A command to hand it off came again when its claim was given: the bus had repeated it, or the database had driven it as well.</summary>
    ClaimTaken,

    /// <summary>A call whose outcome was unknown was repeated under its key, and was one message at the provider.</summary>
    CallRepeated,

    /// <summary>A call whose outcome is unknown is not repeated, because nobody would know it again.</summary>
    UnknownNotRepeated,
}

/// <summary>How many duplicates were prevented in a day, by UTC.</summary>
public sealed class PreventedDuplicates
{
    public required DuplicateKind Kind { get; init; }
    public required DateOnly Day { get; init; }
    public required long Count { get; init; }
}
