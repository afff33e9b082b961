using Notifications.Api.Orders;
using Notifications.Consumers.Recipients;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class InstanceConditionTests
{
    private const string Condition = """{"app":"ttd/app-name","instanceId":"501337/0A1B2C3D-0000-4000-8000-000000000001","predicate":"Unread"}""";

    [Theory]
    [InlineData("""{"predicate":"notSubmitted"}""")]
    [InlineData("""{"predicate":"StillInTask","task":"Task_2"}""")]
    [InlineData("""{"predicate":"StuckInTask","task":"Task_2","olderThan":"P14D"}""")]
    [InlineData("""{"predicate":"DocumentUnread","dataType":"decision"}""")]
    [InlineData("""{"predicate":"SubstatusIsNot","label":"under.behandling"}""")]
    public void A_condition_says_what_its_predicate_needs(string members) => Keys(With(members)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"app":"app-name"}""", "App")]
    [InlineData("""{"app":"ttd/app/name"}""", "App")]
    [InlineData("""{"app":"ttd/../skd"}""", "App")]
    [InlineData("""{"app":null}""", "App")]
    [InlineData("""{"instanceId":"0a1b2c3d-0000-4000-8000-000000000001"}""", "InstanceId")]
    [InlineData("""{"instanceId":"501337/0a1b2c3d"}""", "InstanceId")]
    [InlineData("""{"instanceId":"501337/0a1b2c3d-0000-4000-8000-000000000001/.."}""", "InstanceId")]
    [InlineData("""{"instanceId":"٥٠١/0a1b2c3d-0000-4000-8000-000000000001"}""", "InstanceId")]
    [InlineData("""{"predicate":77}""", "Predicate")]
    [InlineData("""{"predicate":"StillInTask"}""", "Task")]
    [InlineData("""{"predicate":"StillInTask","task":" "}""", "Task")]
    [InlineData("""{"predicate":"StuckInTask","task":"Task_2"}""", "OlderThan")]
    [InlineData("""{"predicate":"StuckInTask","task":"Task_2","olderThan":"a fortnight"}""", "OlderThan")]
    [InlineData("""{"predicate":"StuckInTask","task":"Task_2","olderThan":"PT0M"}""", "OlderThan")]
    [InlineData("""{"predicate":"DocumentUnread"}""", "DataType")]
    [InlineData("""{"predicate":"SubstatusIs"}""", "Label")]
    [InlineData("""{"task":"Task_2"}""", "Task")]
    [InlineData("""{"predicate":"StillInTask","task":"Task_2","olderThan":"P14D"}""", "OlderThan")]
    [InlineData("""{"dataType":"decision"}""", "DataType")]
    [InlineData("""{"label":"under.behandling"}""", "Label")]
    public void A_condition_is_refused_by_the_key_of(string members, string key)
    {
        var condition = With(members);

        Keys(condition).ShouldBe([$"InstanceCondition.{key}"]);
        Keys(condition, "reminders.0.instanceCondition").ShouldBe([$"Reminders[0].InstanceCondition.{key}"]);
    }

    [Fact]
    public void It_is_kept_with_the_shipment_that_it_is_of()
    {
        var order = OrderBodies.Read(OrderBodies.Email.With("instanceCondition", With("""{"predicate":"StuckInTask","task":"Task_2","olderThan":"P14D"}""")));
        var since = FixedClock.Start.AddDays(-1);

        var shipments = new ShipmentsOf(Guid.NewGuid(), "ttd", order.WithInstanceConditions(c => c with { Since = since }), FixedClock.Start, alwaysUsesStale: false).All();

        InstanceCondition.FromJson(shipments[0].InstanceConditions).ShouldBe([new InstanceCondition
        {
            App = "ttd/app-name",
            InstanceId = "501337/0a1b2c3d-0000-4000-8000-000000000001",
            Predicate = InstancePredicate.StuckInTask,
            Task = "Task_2",
            OlderThan = TimeSpan.FromDays(14),
            Since = since,
        }]);
        shipments[1].InstanceConditions.ShouldBeNull();
    }

    [Fact]
    public void Every_reminder_of_a_plan_has_the_condition_of_the_plan()
    {
        var order = OrderBodies.Read(OrderBodies.Sms.With("reminderPlan", $$"""{"preset":"SecondNoticeOfDecision","instanceCondition":{{Condition}}}"""));

        new OrderRequestValidator(new FixedClock(), new RecipientSettings { IdentityNumbers = IdentityNumbers.Any }).Validate(order).Errors.ShouldBeEmpty();
        order.Planned(FixedClock.Start).Reminders!.Single().InstanceCondition!.Predicate.ShouldBe(InstancePredicate.Unread);
    }

    private static string With(string members) =>
        System.Text.Json.Nodes.JsonNode.Parse(members)!.AsObject().Aggregate(Condition, (condition, member) => condition.With(member.Key, member.Value?.ToJsonString() ?? "null"));

    private static string[] Keys(string condition, string path = "instanceCondition") =>
        [.. new OrderRequestValidator(new FixedClock(), new RecipientSettings { IdentityNumbers = IdentityNumbers.Any }).Validate(OrderBodies.Read(OrderBodies.Email.With(path, condition)))
            .Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal)];
}
