namespace Notifications.Store;

/// <summary>Whose notifications support looks for.</summary>
public enum SupportSubject
{
    Person,
    Organization,
}

/// <summary>One look of support at somebody's notifications: who looked, when, and which shipments they were shown; nothing of whom it was about.</summary>
public sealed class SupportRead
{
    public long Id { get; init; }
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Who looked, by what their token says of them.</summary>
    public required string Reader { get; init; }
    public required SupportSubject Kind { get; init; }
    public required DateTimeOffset PeriodFrom { get; init; }
    public required DateTimeOffset PeriodTo { get; init; }
    public required Guid[] Shipments { get; init; }
}
