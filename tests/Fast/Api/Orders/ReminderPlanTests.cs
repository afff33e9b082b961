using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Notifications.Api.Orders;
using Notifications.Consumers.Recipients;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class ReminderPlanTests
{
    private const string EveryWeek = """{"every":"P7D","max":3}""";
    private const string SecondNotice = """{"preset":"SecondNoticeOfDecision","conditionEndpoint":"https://example.no/unopened"}""";

    [Theory]
    [InlineData(EveryWeek, "7 14 21")]
    [InlineData("""{"every":"P1W","max":2}""", "7 14")]
    [InlineData("""{"every":"P7D","until":"2026-12-13T08:00:00Z"}""", "7 14 21")]
    [InlineData("""{"every":"P7D","until":"2026-12-13T07:59:59Z"}""", "7 14")]
    [InlineData("""{"every":"P7D","max":1,"until":"2026-12-13T08:00:00Z"}""", "7")]
    [InlineData("""{"every":"P2000D","max":5}""", "2000")]
    [InlineData(SecondNotice, "7")]
    public void A_plan_is_the_reminders_that_it_names(string plan, string days)
    {
        var order = Order(plan);

        Keys(order).ShouldBeEmpty();
        string.Join(' ', order.Planned(FixedClock.Start).Reminders!.Select(r => r.DelayDays)).ShouldBe(days);
    }

    [Theory]
    [InlineData("""{"every":"P7D"}""", "ReminderPlan.Max")]
    [InlineData("""{"max":3}""", "ReminderPlan.Every")]
    [InlineData("""{"every":"PT36H","max":3}""", "ReminderPlan.Every")]
    [InlineData("""{"every":"P0D","max":3}""", "ReminderPlan.Every")]
    [InlineData("""{"every":"P4000D","max":3}""", "ReminderPlan.Every")]
    [InlineData("""{"every":"weekly","max":3}""", "ReminderPlan.Every")]
    [InlineData("""{"every":"P7D","max":0}""", "ReminderPlan.Max")]
    [InlineData("""{"every":"P7D","max":53}""", "ReminderPlan.Max")]
    [InlineData("""{"every":"P7D","until":"2026-11-25T08:00:00Z"}""", "ReminderPlan.Until")]
    [InlineData("""{"every":"P7D","until":"2027-11-25T08:00:00"}""", "ReminderPlan.Until")]
    [InlineData("""{"every":"P7D","max":1,"conditionEndpoint":"ftp://example.no"}""", "ReminderPlan.ConditionEndpoint")]
    [InlineData("""{"every":"P7D","max":1,"recipient":{"recipientEmail":{"emailAddress":"no","emailSettings":{"subject":"s","body":"b"}}}}""", "ReminderPlan.Recipient.RecipientEmail.EmailAddress")]
    [InlineData("""{"preset":"SecondNoticeOfDecision"}""", "ReminderPlan.ConditionEndpoint")]
    [InlineData("""{"preset":"SecondNoticeOfDecision","max":2,"conditionEndpoint":"https://example.no/unopened"}""", "ReminderPlan.Preset")]
    public void A_plan_that_cannot_be_is_refused_by_the_key_of(string plan, string key) => Keys(Order(plan)).ShouldBe([key]);

    [Fact]
    public void A_second_notice_never_uses_contact_information_that_is_out_of_date() =>
        Keys(OrderBodies.Read(OrderBodies.Person.With("reminderPlan", SecondNotice))).ShouldBe(["ReminderPlan.Preset"]);

    [Fact]
    public void Reminders_of_a_plan_stand_beside_those_that_are_listed_and_are_as_the_order_itself()
    {
        var planned = OrderBodies.Read(OrderBodies.Email.With("reminderPlan", EveryWeek)).Planned(FixedClock.Start);

        planned.Reminders!.Select(r => r.DelayDays).ShouldBe([7, 7, 14, 21]);
        planned.Reminders!.Skip(1).ShouldAllBe(r => r.Recipient == planned.Recipient);
    }

    [Fact]
    public void Every_valid_plan_has_a_reminder_and_none_after_its_end()
    {
        var plans = from every in Gen.Choose(1, 60) from max in Gen.Choose(1, 52) from until in Gen.Choose(1, 400) select (every, max, until);
        Prop.ForAll(plans.ToArbitrary(), given =>
        {
            var until = FixedClock.Start.AddDays(1 + given.until);
            var order = Order($$"""{"every":"P{{given.every}}D","max":{{given.max}},"until":"{{until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}"}""");
            var days = order.Planned(FixedClock.Start).Reminders!.Select(r => r.DelayDays!.Value).ToArray();
            return (days.Length > 0) == (Keys(order).Length == 0) && days.Length <= given.max && days.All(d => d % given.every == 0 && d <= given.until);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static OrderRequest Order(string plan) => OrderBodies.Read(OrderBodies.Sms.With("requestedSendTime", "\"2026-11-22T08:00:00Z\"").With("reminderPlan", plan));

    private static string[] Keys(OrderRequest order) =>
        [.. new OrderRequestValidator(new FixedClock(), new RecipientSettings { IdentityNumbers = IdentityNumbers.Any }).Validate(order).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal)];
}
