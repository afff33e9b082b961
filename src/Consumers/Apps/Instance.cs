namespace Notifications.Consumers.Apps;

/// <summary>What is read of an instance of an Altinn app.</summary>
public sealed record Instance
{
    public string? AppId { get; init; }
    public InstanceOwner? InstanceOwner { get; init; }
    public InstanceProcess? Process { get; init; }
    public InstanceStatus? Status { get; init; }
    public IReadOnlyList<CompleteConfirmation>? CompleteConfirmations { get; init; }
    public IReadOnlyList<DataElement>? Data { get; init; }
}

/// <summary>Whose it is: one of the numbers, or a URN.</summary>
public sealed record InstanceOwner(string? PersonNumber, string? OrganisationNumber, string? ExternalIdentifier);

/// <param name="Ended">When it ended; there is no current task then.</param>
/// <param name="CurrentTask">Where it stands.</param>
public sealed record InstanceProcess(DateTimeOffset? Ended, ProcessTask? CurrentTask);

/// <param name="ElementId">As the process's model names it.</param>
/// <param name="Started">When it was entered, this time.</param>
public sealed record ProcessTask(string? ElementId, DateTimeOffset? Started);

/// <param name="ReadStatus"><c>Unread</c>, <c>Read</c> or <c>UpdatedSinceLastReview</c>.</param>
public sealed record InstanceStatus(bool IsArchived, bool IsSoftDeleted, bool IsHardDeleted, string? ReadStatus, InstanceSubstatus? Substatus);

public sealed record InstanceSubstatus(string? Label);

/// <param name="StakeholderId">The app owner's short name.</param>
public sealed record CompleteConfirmation(string? StakeholderId);

public sealed record DataElement(string? DataType, bool IsRead = true);
