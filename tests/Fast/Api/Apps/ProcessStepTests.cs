using Notifications.Api.Apps;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.Apps;

public sealed class ProcessStepTests
{
    private const string MovedTo = "app.instance.process.movedTo";

    [Theory]
    [InlineData(MovedTo, "Task_2", "app.instance.process.movedTo.Task_2", true)]
    [InlineData(MovedTo, "Task_2", "app.instance.created", true)]
    [InlineData(MovedTo, "Task_2", "app.instance.process.movedTo.Task_21", false)]
    [InlineData(MovedTo, "Task_2", "app.instance.process.movedTo.task_2", false)]
    [InlineData(MovedTo, "Task_2", "app.instance.process.completed", false)]
    [InlineData("app.instance.created", null, "app.instance.created", true)]
    [InlineData("app.instance.created", null, "app.instance.process.movedTo.Task_1", false)]
    [InlineData("app.instance.process.completed", null, "app.instance.process.completed", true)]
    [InlineData("app.instance.substatus.changed", null, "app.instance.substatus.changed", true)]
    [InlineData("app.instance.substatus.changed", null, "app.instance.process.completed", false)]
    public void A_step_is_looked_for_when_an_event_may_tell_of_it(string on, string? task, string type, bool isLooked) =>
        ProcessStep.MayBeToldBy(type, new RuleTrigger { Event = on, Task = task }).ShouldBe(isLooked);

    [Fact]
    public void A_task_that_was_entered_is_a_step_of_its_own_each_time()
    {
        var on = new RuleTrigger { Event = MovedTo, Task = "Task_2" };

        var step = ProcessStep.Of(on, RuleBodies.Instance(RuleBodies.In("Task_2")))!;
        step.ShouldBe(new ProcessStep("movedTo.Task_2@2026-11-21T11:05:00.0000000Z", InstancePredicate.StillInTask, "Task_2", RuleBodies.Entered));
        step.Key.ShouldNotBe(ProcessStep.Of(on, RuleBodies.Instance(RuleBodies.In("Task_2").Replace("11:05", "11:06", StringComparison.Ordinal)))!.Key, StringComparer.Ordinal);

        ProcessStep.Of(on, RuleBodies.Instance(RuleBodies.In("Task_3"))).ShouldBeNull();
        ProcessStep.Of(on, RuleBodies.Instance(RuleBodies.Ended)).ShouldBeNull();
    }

    [Theory]
    [InlineData("app.instance.created", """ "process":{} """, "created", InstancePredicate.NotSubmitted)]
    [InlineData("app.instance.created", RuleBodies.Ended, null, null)]
    [InlineData("app.instance.process.completed", RuleBodies.Ended, "completed", InstancePredicate.Submitted)]
    [InlineData("app.instance.process.completed", """ "process":{} """, null, null)]
    [InlineData("app.instance.substatus.changed", """ "status":{"substatus":{"label":"approved"}} """, "substatus.approved", InstancePredicate.SubstatusIs)]
    [InlineData("app.instance.substatus.changed", """ "status":{} """, null, null)]
    [InlineData("app.instance.created", """ "status":{"isSoftDeleted":true} """, null, null)]
    [InlineData("app.instance.created", """ "status":{"isHardDeleted":true} """, null, null)]
    public void The_other_steps_are_once_for_an_instance(string on, string members, string? key, InstancePredicate? predicate)
    {
        var step = ProcessStep.Of(new RuleTrigger { Event = on }, RuleBodies.Instance(members));

        (step?.Key, step?.Predicate).ShouldBe((key, predicate));
    }
}
