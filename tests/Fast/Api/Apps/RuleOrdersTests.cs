using Notifications.Api.Apps;
using Notifications.Api.Orders;
using Notifications.Consumers.Recipients;
using Notifications.Sagas;
using Notifications.Store;
using Notifications.Tests.Fast.Api.Orders;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Apps;

public sealed class RuleOrdersTests
{
    private const string Person = """ "instanceOwner":{"partyId":"501337","personNumber":"16069412345"} """;

    [Theory]
    [InlineData("nb", "På bokmål")]
    [InlineData("nn", "På bokmål")]
    [InlineData("en", "In English")]
    [InlineData(null, "På bokmål")]
    public void Texts_are_in_the_recipients_language_or_one_that_they_read(string? language, string subject)
    {
        var shipments = Shipments(Order(RuleBodies.Signing, Person));

        shipments.Select(s => Subject(s, language)).ShouldBe([subject, subject, "Last call"]);
        shipments.Select(s => s.Texts is null).ShouldBe([false, false, true]);
    }

    [Fact]
    public void An_order_is_what_the_rule_says_to_whom_the_instance_belongs()
    {
        var order = Order(RuleBodies.Signing, Person);

        var person = order.Recipient.RecipientPerson!;
        (person.NationalIdentityNumber, person.ChannelSchema, person.ResourceId, person.ResourceAction, person.IgnoreReservation)
            .ShouldBe(("16069412345", ChannelSchema.EmailPreferred, "urn:altinn:resource:app_ttd_app-name", "sign", true));
        (person.EmailSettings!.ContentType, person.SmsSettings!.Sender, person.SmsSettings.SendingTimePolicy).ShouldBe((EmailContentType.Html, "Ttd", SendingTimePolicy.Anytime));
        (order.RequestedSendTime, order.SendersReference, order.ConditionOnError, order.FallbackAfter)
            .ShouldBe((FixedClock.Start.AddHours(2).UtcDateTime, $"app-{RuleBodies.InstanceId}", ConditionOnError.Skip, "PT4H"));
        order.StopOn.ShouldBe(["app.instance.process.completed"]);
        new OrderRequestValidator(new FixedClock(), new RecipientSettings { IdentityNumbers = IdentityNumbers.Any }).Validate(order).Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(""" "instanceOwner":{"organisationNumber":"991825827"} """, "991825827")]
    [InlineData(""" "instanceOwner":{"externalIdentifier":"urn:altinn:person:idporten-email:a@b.no"} """, "urn:altinn:person:idporten-email:a@b.no")]
    [InlineData(""" "instanceOwner":{"partyId":"501337"} """, null)]
    [InlineData(""" "created":"2026-11-21T11:00:00Z" """, null)]
    public void An_owner_is_an_organization_or_somebody_without_a_number_or_cannot_be_told(string owner, string? expected)
    {
        var orders = Orders(RuleBodies.Signing, owner);

        (orders.Recipient?.OrgNumber ?? orders.Recipient?.ExternalIdentity).ShouldBe(expected);
        if (expected is not null)
            ShipmentsOf.Sought(orders.Order(FixedClock.Start), alwaysUsesStale: false)[0].Recipients[0].Identity.IsIdentified.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"emailAddress":"ola@example.no"}""", "ola@example.no")]
    [InlineData("""{"phoneNumber":"+4799999999"}""", "+4799999999")]
    [InlineData("""{"orgNumber":"991825827"}""", "991825827")]
    [InlineData("""{"nationalIdentityNumber":"16069412346"}""", "16069412346")]
    public void A_recipient_by_name_is_told_instead_of_the_owner(string recipient, string expected)
    {
        var to = Order(RuleBodies.Signing.With("recipient", recipient), Person).Recipient;

        (to.RecipientEmail?.EmailAddress ?? to.RecipientSms?.PhoneNumber ?? to.RecipientOrganization?.OrgNumber ?? to.RecipientPerson?.NationalIdentityNumber).ShouldBe(expected);
    }

    [Fact]
    public void Every_shipment_asks_whether_the_instance_is_still_at_its_step_and_what_the_rule_asks_besides()
    {
        var order = Order(RuleBodies.Signing, Person);

        var shipments = Shipments(order);
        InstanceCondition still = new() { App = "ttd/app-name", InstanceId = RuleBodies.InstanceId, Predicate = InstancePredicate.StillInTask, Task = "Task_2", Since = RuleBodies.Entered };
        InstanceCondition unread = new() { App = "ttd/app-name", InstanceId = RuleBodies.InstanceId, Predicate = InstancePredicate.Unread };
        shipments.Select(s => InstanceCondition.FromJson(s.InstanceConditions)).ShouldBe(
        [
            [still, unread],
            [still, unread],
            [still, still with { Predicate = InstancePredicate.StuckInTask, OlderThan = TimeSpan.FromDays(14) }],
        ]);
    }

    [Fact]
    public void A_plan_has_its_own_condition_and_texts()
    {
        var rule = RuleBodies.Signing.With("order.reminders", null)
            .With("order.reminderPlan", """{"every":"P7D","max":3,"texts":{"nb":{"emailSubject":"Igjen","emailBody":"b","smsBody":"s"}},"condition":{"predicate":"NotSubmitted"}}""");

        var planned = Order(rule, Person).Planned(FixedClock.Start).Reminders!;

        planned.Select(r => r.DelayDays).ShouldBe([7, 14, 21]);
        planned.ShouldAllBe(r => r.Recipient.RecipientPerson!.EmailSettings!.Subject == "Igjen" && r.InstanceCondition!.And!.Predicate == InstancePredicate.NotSubmitted);
    }

    private static OrderRequest Order(string rule, string owner) => Orders(rule, owner).Order(FixedClock.Start);

    private static IReadOnlyList<Shipment> Shipments(OrderRequest order) => new ShipmentsOf(Guid.NewGuid(), "ttd", order.Planned(FixedClock.Start), FixedClock.Start, alwaysUsesStale: false).All();

    /// <summary>As a reader of the language is told.</summary>
    private static string? Subject(Shipment shipment, string? language) =>
        shipment.Texts is { } texts && ReaderLanguage.Choose(ShipmentTexts.FromJson(texts).WrittenIn(Channel.Email), language) is { } chosen
            ? ShipmentTexts.FromJson(texts).Email![chosen].Subject
            : shipment.EmailSubject;

    private static RuleOrders Orders(string rule, string owner)
    {
        var (request, instance) = (RuleBodies.Rule(rule), RuleBodies.Instance($"{RuleBodies.In("Task_2")},{owner}"));
        return new RuleOrders(request, RuleBodies.InstanceId, instance, ProcessStep.Of(request.On, instance)!);
    }
}
