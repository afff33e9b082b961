using System.Globalization;
using Notifications.Api.Orders;
using Notifications.Consumers.Apps;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>
/// The step that a rule waits for, as an instance has come to it. Which event told of it does not matter, nor in which order events came: what
/// counts is how the instance is.
/// </summary>
/// <param name="Key">Names the step among those of the instance: a task that is entered again is another one.</param>
/// <param name="Predicate">What holds of the instance as long as the step is true.</param>
/// <param name="Task">The task, when the step is to have entered one.</param>
/// <param name="Since">When that was.</param>
/// <param name="Label">The substatus, when the step is to have got one.</param>
internal sealed record ProcessStep(string Key, InstancePredicate Predicate, string? Task = null, DateTimeOffset? Since = null, string? Label = null)
{
    /// <summary>Whether the event is a reason to look. Apps of version 8 tell of the first task only by having been created.</summary>
    public static bool MayBeToldBy(string type, RuleTrigger on) =>
        on.Event == AppEventTypes.MovedTo ? type == AppEventTypes.MovedToTask(on.Task!) || type == AppEventTypes.Created : type == on.Event;

    /// <summary>Null when the instance is not at that step, or not any more.</summary>
    public static ProcessStep? Of(RuleTrigger on, Instance instance) => instance.Status is { IsSoftDeleted: true } or { IsHardDeleted: true } ? null : on.Event switch
    {
        AppEventTypes.Created when instance.Process?.Ended is null => new("created", InstancePredicate.NotSubmitted),
        AppEventTypes.MovedTo when instance.Process?.CurrentTask is { Started: { } started } current && current.ElementId == on.Task =>
            new($"movedTo.{on.Task}@{started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}", InstancePredicate.StillInTask, on.Task, started),
        AppEventTypes.Completed when instance.Process?.Ended is not null => new("completed", InstancePredicate.Submitted),
        AppEventTypes.SubstatusChanged when instance.Status?.Substatus?.Label is { Length: > 0 } label => new($"substatus.{label}", InstancePredicate.SubstatusIs, Label: label),
        _ => null,
    };

    public InstanceConditionRequest Condition(string app, string instanceId) =>
        new() { App = app, InstanceId = instanceId, Predicate = Predicate, Task = Task, Since = Since, Label = Label };
}
