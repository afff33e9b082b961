using Notifications.Api.Orders;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

/// <summary>The rules of api.md 2.2, each under the key that clients know.</summary>
public sealed class OrderRequestValidatorTests
{
    public static TheoryData<string, string, string, string> EmailRules() => new()
    {
        { "idempotencyId", "\"\"", "IdempotencyId", "empty" },
        { "idempotencyId", "\"  \"", "IdempotencyId", "blank" },
        { "idempotencyId", "null", "IdempotencyId", "null" },
        { "idempotencyId", Text(513), "IdempotencyId", "too long" },
        { "sendersReference", Text(513), "SendersReference", "too long" },
        { "requestedSendTime", "\"2026-11-22T08:00:00\"", "RequestedSendTime", "no time zone" },
        { "requestedSendTime", "\"2026-11-21T07:58:59Z\"", "RequestedSendTime", "past" },
        { "requestedSendTime", "\"2026-11-21T08:58:59+01:00\"", "RequestedSendTime", "past in its zone" },
        { "requestedSendTime", "\"9999-12-31T23:59:59Z\"", "RequestedSendTime", "beyond the calendar" },
        { "conditionEndpoint", "\"https://example.no/condition\"", "ConditionEndpoint", "not served yet" },
        { "recipient", "null", "Recipient", "null" },
        { "recipient", "{}", "Recipient", "nobody" },
        { "recipient.recipientSms", """{"phoneNumber":"+4799999999","smsSettings":{"body":"b"}}""", "Recipient", "two" },
        { "recipient", """{"recipientOrganization":{"orgNumber":"910150804"}}""", "Recipient.RecipientOrganization", "not served yet" },
        { "recipient", """{"recipientExternalIdentity":{"externalIdentity":"urn:x"}}""", "Recipient.RecipientExternalIdentity", "not served yet" },
        { "recipient.recipientEmail.emailAddress", "\"user@\"", "Recipient.RecipientEmail.EmailAddress", "wrong" },
        { "recipient.recipientEmail.emailAddress", "null", "Recipient.RecipientEmail.EmailAddress", "null" },
        { "recipient.recipientEmail.emailSettings", "null", "Recipient.RecipientEmail.Settings", "null" },
        { "recipient.recipientEmail.emailSettings.subject", "\"\"", "Recipient.RecipientEmail.Settings.Subject", "empty" },
        { "recipient.recipientEmail.emailSettings.subject", "null", "Recipient.RecipientEmail.Settings.Subject", "null" },
        { "recipient.recipientEmail.emailSettings.body", "\"\"", "Recipient.RecipientEmail.Settings.Body", "empty" },
        { "recipient.recipientEmail.emailSettings.contentType", "7", "Recipient.RecipientEmail.Settings.ContentType", "unknown" },
        { "recipient.recipientEmail.emailSettings.senderEmailAddress", "\"skatt\"", "Recipient.RecipientEmail.Settings.SenderEmailAddress", "wrong" },
        { "recipient.recipientEmail.emailSettings.sendingTimePolicy", "2", "Recipient.RecipientEmail.Settings.SendingTimePolicy", "not for e-mail" },
        { "recipient.recipientEmail.emailSettings.sendingTimePolicy", "3", "Recipient.RecipientEmail.Settings.SendingTimePolicy", "unknown" },
        { "reminders.0", "null", "Reminders[0]", "null" },
        { "reminders.0.requestedSendTime", "\"2026-12-01T08:00:00Z\"", "Reminders[0]", "both" },
        { "reminders.0.delayDays", "null", "Reminders[0]", "neither" },
        { "reminders.0.delayDays", "0", "Reminders[0].DelayDays", "too few" },
        { "reminders.0.delayDays", "-2147483648", "Reminders[0].DelayDays", "below" },
        { "reminders.0.delayDays", "3651", "Reminders[0].DelayDays", "too many" },
        { "reminders.0.sendersReference", Text(513), "Reminders[0].SendersReference", "too long" },
        { "reminders.0.conditionEndpoint", "\"https://example.no/\"", "Reminders[0].ConditionEndpoint", "not served yet" },
        { "reminders.0.recipient", "null", "Reminders[0].Recipient", "null" },
        { "reminders.0.recipient", "{}", "Reminders[0].Recipient", "nobody" },
        { "reminders.0.recipient.recipientEmail.emailAddress", "\"\"", "Reminders[0].Recipient.RecipientEmail.EmailAddress", "empty" },
        { "reminders.0.recipient.recipientEmail.emailSettings.body", "\"\"", "Reminders[0].Recipient.RecipientEmail.Settings.Body", "empty" },
    };

    public static TheoryData<string, string, string, string> SmsRules() => new()
    {
        { "recipient.recipientSms.phoneNumber", "\"99999999\"", "Recipient.RecipientSms.PhoneNumber", "no country code" },
        { "recipient.recipientSms.phoneNumber", "\"\"", "Recipient.RecipientSms.PhoneNumber", "empty" },
        { "recipient.recipientSms.phoneNumber", "null", "Recipient.RecipientSms.PhoneNumber", "null" },
        { "recipient.recipientSms.smsSettings", "null", "Recipient.RecipientSms.Settings", "null" },
        { "recipient.recipientSms.smsSettings.body", "\"\"", "Recipient.RecipientSms.Settings.Body", "empty" },
        { "recipient.recipientSms.smsSettings.body", "null", "Recipient.RecipientSms.Settings.Body", "null" },
        { "recipient.recipientSms.smsSettings.body", Text(2145), "Recipient.RecipientSms.Settings.Body", "too long for the gateway" },
        { "recipient.recipientSms.smsSettings.sender", "\"Alt\\u0001inn\"", "Recipient.RecipientSms.Settings.Sender", "not readable" },
        { "recipient.recipientSms.smsSettings.sendingTimePolicy", "3", "Recipient.RecipientSms.Settings.SendingTimePolicy", "unknown" },
        { "recipient.recipientSms.smsSettings.sendingTimePolicy", "-1", "Recipient.RecipientSms.Settings.SendingTimePolicy", "unknown" },
    };

    public static TheoryData<string, string, string, string> PersonRules() => new()
    {
        { "recipient.recipientPerson.nationalIdentityNumber", "\"1606941234\"", "Recipient.RecipientPerson.NationalIdentityNumber", "ten digits" },
        { "recipient.recipientPerson.nationalIdentityNumber", "\"160694123456\"", "Recipient.RecipientPerson.NationalIdentityNumber", "twelve digits" },
        { "recipient.recipientPerson.nationalIdentityNumber", "\"1606941234a\"", "Recipient.RecipientPerson.NationalIdentityNumber", "a letter" },
        { "recipient.recipientPerson.nationalIdentityNumber", "\"١٦٠٦٩٤١٢٣٤٥\"", "Recipient.RecipientPerson.NationalIdentityNumber", "other digits" },
        { "recipient.recipientPerson.nationalIdentityNumber", "\"\"", "Recipient.RecipientPerson.NationalIdentityNumber", "empty" },
        { "recipient.recipientPerson.nationalIdentityNumber", "null", "Recipient.RecipientPerson.NationalIdentityNumber", "null" },
        { "recipient.recipientPerson.channelSchema", "5", "Recipient.RecipientPerson.ChannelSchema", "unknown" },
        { "recipient.recipientPerson.emailSettings", "null", "Recipient.RecipientPerson.EmailSettings", "missing" },
        { "recipient.recipientPerson.smsSettings", "null", "Recipient.RecipientPerson.SmsSettings", "missing" },
        { "recipient.recipientPerson.emailSettings.subject", "\"\"", "Recipient.RecipientPerson.EmailSettings.Subject", "empty" },
        { "recipient.recipientPerson.smsSettings.body", "\"\"", "Recipient.RecipientPerson.SmsSettings.Body", "empty" },
        { "recipient.recipientPerson.resourceId", "\"app\"", "Recipient.RecipientPerson.ResourceId", "no prefix" },
        { "recipient.recipientPerson.resourceId", "\"urn:altinn:resource:\"", "Recipient.RecipientPerson.ResourceId", "nothing after the prefix" },
        { "recipient.recipientPerson.resourceId", "\"URN:ALTINN:RESOURCE:app\"", "Recipient.RecipientPerson.ResourceId", "upper case" },
        { "recipient.recipientPerson.resourceId", "null", "Recipient.RecipientPerson.ResourceAction", "an action on nothing" },
        { "recipient.recipientPerson.resourceAction", "\" \"", "Recipient.RecipientPerson.ResourceAction", "blank" },
        { "reminders.0.requestedSendTime", "\"2026-12-01T08:00:00\"", "Reminders[0].RequestedSendTime", "no time zone" },
        { "reminders.0.requestedSendTime", "\"2026-11-21T07:00:00Z\"", "Reminders[0].RequestedSendTime", "past" },
        { "reminders.0.requestedSendTime", "\"9999-12-31T23:59:59Z\"", "Reminders[0].RequestedSendTime", "beyond the calendar" },
        { "reminders.0.recipient.recipientSms.phoneNumber", "\"+4722222222\"", "Reminders[0].Recipient.RecipientSms.PhoneNumber", "not a mobile" },
    };

    [Theory]
    [InlineData(OrderBodies.Email)]
    [InlineData(OrderBodies.Sms)]
    [InlineData(OrderBodies.Person)]
    public void A_valid_order_is_accepted(string body) => Keys(body).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(EmailRules))]
    public void An_order_to_an_email_address_is_refused_by_the_key_of(string path, string value, string key, string because) =>
        Keys(OrderBodies.Email.With(path, value)).ShouldBe([key], because);

    [Theory]
    [MemberData(nameof(SmsRules))]
    public void An_order_to_a_mobile_number_is_refused_by_the_key_of(string path, string value, string key, string because) =>
        Keys(OrderBodies.Sms.With(path, value)).ShouldBe([key], because);

    [Theory]
    [MemberData(nameof(PersonRules))]
    public void An_order_to_a_person_is_refused_by_the_key_of(string path, string value, string key, string because) =>
        Keys(OrderBodies.Person.With(path, value)).ShouldBe([key], because);

    [Theory]
    [InlineData("Email", "smsSettings")]
    [InlineData("Sms", "emailSettings")]
    public void Settings_of_a_channel_that_is_not_used_may_be_left_out(string schema, string settings) =>
        Keys(OrderBodies.Person.With("recipient.recipientPerson.channelSchema", $"\"{schema}\"").With($"recipient.recipientPerson.{settings}", null)).ShouldBeEmpty();

    [Theory]
    [InlineData("Email", "smsSettings.body", "Recipient.RecipientPerson.SmsSettings.Body")]
    [InlineData("Sms", "emailSettings.body", "Recipient.RecipientPerson.EmailSettings.Body")]
    public void Settings_of_a_channel_that_is_not_used_are_still_checked(string schema, string path, string key) =>
        Keys(OrderBodies.Person.With("recipient.recipientPerson.channelSchema", $"\"{schema}\"").With($"recipient.recipientPerson.{path}", "\"\"")).ShouldBe([key]);

    [Theory]
    [InlineData("EmailPreferred", "emailSettings", "Recipient.RecipientPerson.EmailSettings")]
    [InlineData("EmailPreferred", "smsSettings", "Recipient.RecipientPerson.SmsSettings")]
    [InlineData("SmsPreferred", "emailSettings", "Recipient.RecipientPerson.EmailSettings")]
    [InlineData("SmsPreferred", "smsSettings", "Recipient.RecipientPerson.SmsSettings")]
    [InlineData("EmailAndSms", "emailSettings", "Recipient.RecipientPerson.EmailSettings")]
    [InlineData("EmailAndSms", "smsSettings", "Recipient.RecipientPerson.SmsSettings")]
    [InlineData("Email", "emailSettings", "Recipient.RecipientPerson.EmailSettings")]
    [InlineData("Sms", "smsSettings", "Recipient.RecipientPerson.SmsSettings")]
    public void Settings_of_every_channel_that_may_be_used_are_needed(string schema, string settings, string key) =>
        Keys(OrderBodies.Person.With("recipient.recipientPerson.channelSchema", $"\"{schema}\"").With($"recipient.recipientPerson.{settings}", null)).ShouldBe([key]);

    [Theory]
    [InlineData("2026-11-21T08:00:00Z")]
    [InlineData("2026-11-21T07:59:00Z")]
    [InlineData("2026-11-21T09:00:00+01:00")]
    [InlineData("2030-06-01T12:00:00Z")]
    public void A_send_time_may_be_a_minute_ago_and_any_time_to_come(string time) =>
        Keys(OrderBodies.Email.With("requestedSendTime", $"\"{time}\"")).ShouldBeEmpty();

    [Fact]
    public void Every_wrong_member_is_told_at_once() =>
        Keys(OrderBodies.Email.With("idempotencyId", "\"\"").With("recipient.recipientEmail.emailAddress", "\"x\"").With("reminders.0.delayDays", "0"))
            .ShouldBe(["IdempotencyId", "Recipient.RecipientEmail.EmailAddress", "Reminders[0].DelayDays"]);

    [Fact]
    public void A_wrong_reminder_is_named_by_its_place() =>
        Keys(OrderBodies.Email.With("reminders", """[{"delayDays":1,"recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"body":"b"}}}},{"delayDays":1,"recipient":{}}]"""))
            .ShouldBe(["Reminders[1].Recipient"]);

    private static string[] Keys(string body) =>
        [.. new OrderRequestValidator(new FixedClock()).Validate(OrderBodies.Read(body)).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Text(int length) => $"\"{new string('a', length)}\"";
}
