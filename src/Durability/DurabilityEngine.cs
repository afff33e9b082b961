namespace Notifications.Durability;

/// <summary>How a step loads and commits.</summary>
public enum DurabilityEngine
{
    /// <summary>Row lock on load, one transaction and two round trips per message. Simple; the reference.</summary>
    Pessimistic,

    /// <summary>Loads and commits of many messages in one round trip each, with version checks. Needs a version column.</summary>
    GroupCommit,
}
