using System.Text.Json;
using Notifications.Consumers.Apps;
using Notifications.Consumers.Conditions;
using Notifications.Store;

namespace Notifications.Tests.Fast.Consumers.Conditions;

/// <summary>The predicates, on instances as Storage writes them.</summary>
public sealed class InstanceRulesTests
{
    private static readonly DateTimeOffset Entered = new(2026, 11, 21, 11, 5, 0, TimeSpan.Zero);

    private const string InTask2 = """
        "process":{"started":"2026-11-21T11:00:00Z","startEvent":"StartEvent_1",
          "currentTask":{"flow":3,"started":"2026-11-21T11:05:00Z","elementId":"Task_2","name":"Signering","altinnTaskType":"signing"}}
        """;

    private const string Ended = """ "process":{"started":"2026-11-21T11:00:00Z","ended":"2026-11-21T12:00:00Z","endEvent":"EndEvent_1"} """;

    [Theory]
    [InlineData(InstancePredicate.NotSubmitted, InTask2, true)]
    [InlineData(InstancePredicate.NotSubmitted, """ "dueBefore":"2026-12-24T00:00:00Z" """, true)]
    [InlineData(InstancePredicate.NotSubmitted, Ended, false)]
    [InlineData(InstancePredicate.Submitted, Ended, true)]
    [InlineData(InstancePredicate.Submitted, InTask2, false)]
    [InlineData(InstancePredicate.Unread, """ "status":{"readStatus":"Unread"} """, true)]
    [InlineData(InstancePredicate.Unread, """ "status":{"readStatus":"Read"} """, false)]
    [InlineData(InstancePredicate.Unread, """ "status":{"readStatus":"UpdatedSinceLastReview"} """, false)]
    [InlineData(InstancePredicate.UnreadChanges, """ "status":{"readStatus":"Unread"} """, true)]
    [InlineData(InstancePredicate.UnreadChanges, """ "status":{"readStatus":"UpdatedSinceLastReview"} """, true)]
    [InlineData(InstancePredicate.UnreadChanges, """ "status":{"readStatus":"Read"} """, false)]
    [InlineData(InstancePredicate.NotArchivedOrDeleted, """ "status":{"isArchived":false} """, true)]
    [InlineData(InstancePredicate.NotArchivedOrDeleted, """ "status":{"isArchived":true} """, false)]
    [InlineData(InstancePredicate.NotConfirmed, """ "status":{"isArchived":true} """, true)]
    [InlineData(InstancePredicate.NotConfirmed, """ "completeConfirmations":[] """, true)]
    [InlineData(InstancePredicate.NotConfirmed, """ "completeConfirmations":[{"stakeholderId":"skd"}] """, true)]
    [InlineData(InstancePredicate.NotConfirmed, """ "completeConfirmations":[{"stakeholderId":"skd"},{"stakeholderId":"ttd","confirmedOn":"2026-11-22T10:00:00Z"}] """, false)]
    public void An_instance_is_looked_at_as_a_whole(InstancePredicate predicate, string members, bool holds) => Holds(Condition(predicate), members).ShouldBe(holds);

    [Theory]
    [InlineData("Task_2", true)]
    [InlineData("Task_1", false)]
    [InlineData("task_2", false)]
    public void A_task_is_known_by_its_element_id(string task, bool holds) => Holds(Condition(InstancePredicate.StillInTask) with { Task = task }, InTask2).ShouldBe(holds);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(1, false)]
    public void A_task_that_was_left_and_entered_again_is_another_stay(int secondsApart, bool holds)
    {
        var since = Condition(InstancePredicate.StillInTask) with { Task = "Task_2", Since = Entered.AddSeconds(secondsApart) };

        Holds(since, InTask2).ShouldBe(holds);
        Holds(since with { Predicate = InstancePredicate.StuckInTask, OlderThan = TimeSpan.FromMinutes(1) }, InTask2, Entered.AddDays(1)).ShouldBe(holds);
    }

    [Theory]
    [InlineData(InstancePredicate.StillInTask)]
    [InlineData(InstancePredicate.StuckInTask)]
    public void A_process_that_has_ended_is_in_no_task(InstancePredicate predicate) =>
        Holds(Condition(predicate) with { Task = "Task_2", OlderThan = TimeSpan.Zero }, Ended).ShouldBeFalse();

    [Theory]
    [InlineData(14, 0, true)]
    [InlineData(14, -1, false)]
    [InlineData(15, 0, true)]
    public void Being_stuck_takes_its_time(int days, int seconds, bool holds)
    {
        var stuck = Condition(InstancePredicate.StuckInTask) with { Task = "Task_2", OlderThan = TimeSpan.FromDays(14) };

        Holds(stuck, InTask2, Entered.AddDays(days).AddSeconds(seconds)).ShouldBe(holds);
        Holds(stuck with { Task = "Task_1" }, InTask2, Entered.AddDays(days)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""[{"dataType":"decision","isRead":false}]""", true)]
    [InlineData("""[{"dataType":"decision","isRead":true},{"dataType":"decision","isRead":false}]""", true)]
    [InlineData("""[{"dataType":"decision","isRead":true},{"dataType":"model","isRead":false}]""", false)]
    [InlineData("""[{"dataType":"decision"}]""", false)]
    [InlineData("[]", false)]
    public void A_document_is_unread_when_one_of_its_type_is(string data, bool holds) =>
        Holds(Condition(InstancePredicate.DocumentUnread) with { DataType = "decision" }, $"\"data\":{data}").ShouldBe(holds);

    [Theory]
    [InlineData("""{"substatus":{"label":"under.behandling","description":"…"}}""", true)]
    [InlineData("""{"substatus":{"label":"Under.Behandling"}}""", false)]
    [InlineData("{}", false)]
    public void A_substatus_is_known_by_its_label(string status, bool holds)
    {
        var condition = Condition(InstancePredicate.SubstatusIs) with { Label = "under.behandling" };

        Holds(condition, $"\"status\":{status}").ShouldBe(holds);
        Holds(condition with { Predicate = InstancePredicate.SubstatusIsNot }, $"\"status\":{status}").ShouldBe(!holds);
    }

    public static TheoryData<InstancePredicate> Predicates() => [.. Enum.GetValues<InstancePredicate>()];

    [Theory]
    [MemberData(nameof(Predicates))]
    public void A_deleted_instance_fulfils_nothing_and_neither_does_one_that_is_not_there_or_of_another_app(InstancePredicate predicate)
    {
        var condition = Condition(predicate) with { Task = "Task_2", OlderThan = TimeSpan.Zero, DataType = "decision", Label = "other" };

        InstanceRules.Holds(condition, null, Entered).ShouldBeFalse();
        Holds(condition, """ "status":{"isSoftDeleted":true} """).ShouldBeFalse();
        Holds(condition, """ "status":{"isHardDeleted":true} """).ShouldBeFalse();
        Holds(condition with { App = "ttd/another" }, InTask2).ShouldBeFalse();
    }

    private static InstanceCondition Condition(InstancePredicate predicate) => new() { App = "ttd/app-name", InstanceId = "501337/0a1b2c3d-0000-4000-8000-000000000001", Predicate = predicate };

    private static bool Holds(InstanceCondition condition, string members, DateTimeOffset? now = null) => InstanceRules.Holds(
        condition, JsonSerializer.Deserialize<Instance>($$"""{"id":"501337/0a1b2c3d-0000-4000-8000-000000000001","appId":"ttd/app-name","org":"ttd",{{members}}}""", JsonSerializerOptions.Web), now ?? Entered);
}
