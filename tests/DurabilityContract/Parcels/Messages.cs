namespace Notifications.Tests.DurabilityContract;

public sealed record StartParcel(Guid Id, string Label);

public sealed record AddWeight(Guid Id, int Weight);

public sealed record AddWeightByLabel(string Label, int Weight);

/// <summary>Makes each of the sagas enlist the statement, if there is one.</summary>
public sealed record AddWeightToEach(IReadOnlyList<Guid> Ids, int Weight, string? Sql = null);

/// <summary>Makes the saga enlist a statement.</summary>
public sealed record RunStatement(Guid Id, string Sql);

public sealed record WaitUntil(Guid Id, DateTimeOffset At);

public sealed record StopWaiting(Guid Id);

public sealed record WaitElapsed(Guid Id);

public sealed record CloseParcel(Guid Id);

public sealed record ParcelWeighed(Guid Id, int Weight);

public sealed record Nudge(Guid Id);

public sealed record NobodyListens(Guid Id);
