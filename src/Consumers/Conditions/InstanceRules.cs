using System.Diagnostics;
using Notifications.Consumers.Apps;
using Notifications.Store;

namespace Notifications.Consumers.Conditions;

/// <summary>Whether a condition holds of an instance.</summary>
public static class InstanceRules
{
    private const string Unread = "Unread";
    private const string Updated = "UpdatedSinceLastReview";

    public static bool Holds(InstanceCondition condition, Instance? instance, DateTimeOffset now) =>
        instance is { Status: not ({ IsSoftDeleted: true } or { IsHardDeleted: true }) } && instance.AppId == condition.App && condition.Predicate switch
        {
            InstancePredicate.NotSubmitted => instance.Process?.Ended is null,
            InstancePredicate.Submitted => instance.Process?.Ended is not null,
            InstancePredicate.StillInTask => IsStillIn(condition, instance.Process?.CurrentTask),
            InstancePredicate.StuckInTask => IsStillIn(condition, instance.Process?.CurrentTask) && now - instance.Process?.CurrentTask?.Started >= condition.OlderThan,
            InstancePredicate.Unread => instance.Status?.ReadStatus is Unread,
            InstancePredicate.UnreadChanges => instance.Status?.ReadStatus is Unread or Updated,
            InstancePredicate.DocumentUnread => instance.Data?.Any(d => d.DataType == condition.DataType && !d.IsRead) is true,
            InstancePredicate.NotArchivedOrDeleted => instance.Status is not { IsArchived: true },
            InstancePredicate.NotConfirmed => instance.CompleteConfirmations?.Any(c => c.StakeholderId == condition.Org) is not true,
            InstancePredicate.SubstatusIs => instance.Status?.Substatus?.Label == condition.Label,
            InstancePredicate.SubstatusIsNot => instance.Status?.Substatus?.Label != condition.Label,
            _ => throw new UnreachableException($"{condition.Predicate} is not a predicate."),
        };

    /// <summary>A task that was left and entered again is another stay.</summary>
    private static bool IsStillIn(InstanceCondition condition, ProcessTask? current) =>
        current is not null && current.ElementId == condition.Task && (condition.Since is not { } since || current.Started == since);
}
