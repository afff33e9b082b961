using System.Text.Json;
using Notifications.Api.Apps;
using Notifications.Api.Wire;
using Notifications.Consumers.Recipients;
using Notifications.Tests.Fast.Api.Orders;

namespace Notifications.Tests.Fast.Api.Apps;

public sealed class RuleRequestValidatorTests
{
    [Theory]
    [InlineData("condition", null)]
    [InlineData("stopOn", null)]
    [InlineData("order", null)]
    [InlineData("order.emailSettings", null)]
    [InlineData("order.smsSettings", null)]
    [InlineData("order.reminders", null)]
    [InlineData("recipient", "\"instanceOwner\"")]
    [InlineData("recipient", """{"phoneNumber":"+4799999999"}""")]
    [InlineData("on", """{"event":"app.instance.created"}""")]
    [InlineData("texts", """{"nn":{"emailSubject":"s","emailBody":"b","smsBody":"b"}}""")]
    [InlineData("stopOn", """["app.form.withdrawn","app.instance.process.movedTo.Task_3"]""")]
    public void A_rule_is_accepted(string path, string? value) => Keys(path == "recipient" && value!.Contains("phone", StringComparison.Ordinal)
        ? RuleBodies.Signing.With(path, value).With("order.fallbackAfter", null)
        : RuleBodies.Signing.With(path, value)).ShouldBeEmpty();

    [Theory]
    [InlineData("app", "\"app-name\"", "App", "/app")]
    [InlineData("on.event", "\"app.instance.deleted\"", "On.Event On.Task", "/on/event /on/task")]
    [InlineData("on.task", null, "On.Task", "/on/task")]
    [InlineData("on.event", "\"app.instance.created\"", "On.Task", "/on/task")]
    [InlineData("recipient", """{"emailAddress":"ola@example.no","phoneNumber":"+4799999999"}""", "Order.FallbackAfter Recipient", "/order/fallbackAfter /recipient")]
    [InlineData("recipient", """{"orgNumber":"1"}""", "Recipient", "/recipient")]
    [InlineData("order.channelSchema", "9", "Order.ChannelSchema Order.FallbackAfter", "/order/channelSchema /order/fallbackAfter")]
    [InlineData("order.sendAfter", "\"soon\"", "Order.SendAfter", "/order/sendAfter")]
    [InlineData("order.emailSettings.senderEmailAddress", "\"skatt\"", "Order.EmailSettings.SenderEmailAddress", "/order/emailSettings/senderEmailAddress")]
    [InlineData("order.smsSettings.sender", "\"A name that is too long\"", "Order.SmsSettings.Sender", "/order/smsSettings/sender")]
    [InlineData("order.fallbackAfter", "\"P9D\"", "Order.FallbackAfter", "/order/fallbackAfter")]
    [InlineData("order.conditionEndpoint", "\"/open\"", "Order.ConditionEndpoint", "/order/conditionEndpoint")]
    [InlineData("order.reminders.0.delayDays", "0", "Order.Reminders[0].DelayDays", "/order/reminders/0/delayDays")]
    [InlineData("order.reminders.1.texts.en.smsBody", null, "Order.Reminders[1].Texts.En.SmsBody", "/order/reminders/1/texts/en/smsBody")]
    [InlineData("order.reminders.1.condition.olderThan", null, "Order.Reminders[1].Condition.OlderThan", "/order/reminders/1/condition/olderThan")]
    [InlineData("order.reminderPlan", """{"every":"PT1H","max":0}""", "Order.ReminderPlan.Every Order.ReminderPlan.Max", "/order/reminderPlan/every /order/reminderPlan/max")]
    [InlineData("texts", "{}", "Texts", "/texts")]
    [InlineData("texts", "null", "Texts", "/texts")]
    [InlineData("texts.nb.emailSubject", "\" \"", "Texts.Nb.EmailSubject", "/texts/nb/emailSubject")]
    [InlineData("condition", """{"predicate":"StillInTask"}""", "Condition.Task", "/condition/task")]
    [InlineData("stopOn.0", "\"app.instance.process.movedTo\"", "StopOn[0]", "/stopOn/0")]
    [InlineData("stopOn.0", "\"dialogporten.dialog.created.v1\"", "StopOn[0]", "/stopOn/0")]
    [InlineData("stopOn.0", "null", "StopOn[0]", "/stopOn/0")]
    public void A_rule_is_refused_by_the_key_and_the_pointer_of(string path, string? value, string keys, string pointers)
    {
        var refused = Keys(RuleBodies.Signing.With(path, value));

        refused.ShouldBe(keys.Split(' '));
        refused.Select(key => JsonPointer.OfMember(typeof(RuleRequest), key)).ShouldBe(pointers.Split(' '));
    }

    [Theory]
    [InlineData("\"anybody\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    public void A_recipient_is_the_owner_or_one_by_name(string recipient) => Should.Throw<JsonException>(() => RuleBodies.Rule(RuleBodies.Signing.With("recipient", recipient)));

    [Theory]
    [InlineData("\"instanceOwner\"")]
    [InlineData("""{"orgNumber":"991825827"}""")]
    public void A_rule_is_kept_as_it_was_put(string recipient)
    {
        var rule = RuleBodies.Rule(RuleBodies.Signing.With("recipient", recipient));

        var kept = JsonSerializer.Serialize(rule, WireJson.Options);
        JsonSerializer.Serialize(RuleBodies.Rule(kept), WireJson.Options).ShouldBe(kept);
        RuleBodies.Rule(kept).Recipient.ShouldBe(rule.Recipient);
    }

    private static string[] Keys(string rule) =>
        [.. new RuleRequestValidator(new RecipientSettings { IdentityNumbers = IdentityNumbers.Any }).Validate(RuleBodies.Rule(rule)).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
