using Notifications.Api.Orders;
using Notifications.Consumers.Recipients;
using Notifications.Consumers.Sms;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

/// <summary>The rules of Altinn Notifications, and our own, each under the key that clients know.</summary>
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
        { "conditionEndpoint", "\"/condition\"", "ConditionEndpoint", "relative" },
        { "conditionEndpoint", "\"ftp://example.no/condition\"", "ConditionEndpoint", "neither http nor https" },
        { "conditionEndpoint", "\"https://example.no/a b\"", "ConditionEndpoint", "not well formed" },
        { "conditionOnError", "7", "ConditionOnError", "unknown" },
        { "recipient", "null", "Recipient", "null" },
        { "recipient", "{}", "Recipient", "nobody" },
        { "recipient.recipientSms", """{"phoneNumber":"+4799999999","smsSettings":{"body":"b"}}""", "Recipient", "two" },
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
        { "reminders.0.conditionEndpoint", "\"file:///etc/passwd\"", "Reminders[0].ConditionEndpoint", "a file" },
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
        { "recipient.recipientSms.smsSettings.body", $"\"{new string('č', 1073)}\"", "Recipient.RecipientSms.Settings.Body", "too many parts" },
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
    [InlineData(OrderBodies.Organization)]
    [InlineData(OrderBodies.ExternalIdentity)]
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

    public static TheoryData<string, string, string, string> IdentifiedRules()
    {
        var rules = new TheoryData<string, string, string, string>();
        foreach (var (body, member, type) in Kinds)
        {
            void Refuse(string path, string value, string key) => rules.Add(body, $"recipient.{member}.{path}", value, $"Recipient.{type}.{key}");
            Refuse("channelSchema", "5", "ChannelSchema");
            Refuse("channelSchema", "-1", "ChannelSchema");
            Refuse("emailSettings", "null", "EmailSettings");
            Refuse("smsSettings", "null", "SmsSettings");
            Refuse("emailSettings.subject", "\"\"", "EmailSettings.Subject");
            Refuse("emailSettings.body", "\" \"", "EmailSettings.Body");
            Refuse("emailSettings.senderEmailAddress", "\"skatt\"", "EmailSettings.SenderEmailAddress");
            Refuse("emailSettings.contentType", "2", "EmailSettings.ContentType");
            Refuse("emailSettings.sendingTimePolicy", "2", "EmailSettings.SendingTimePolicy");
            Refuse("smsSettings.body", "\"\"", "SmsSettings.Body");
            Refuse("smsSettings.body", Text(2145), "SmsSettings.Body");
            Refuse("smsSettings.sendingTimePolicy", "3", "SmsSettings.SendingTimePolicy");
            Refuse("resourceId", "\"app\"", "ResourceId");
            Refuse("resourceId", "\"urn:altinn:resource:\"", "ResourceId");
            Refuse("resourceId", "\"\"", "ResourceId");
            Refuse("resourceId", "null", "ResourceAction");
            Refuse("resourceAction", "\" \"", "ResourceAction");
        }
        return rules;
    }

    public static TheoryData<string, string, string> Identities() => new()
    {
        { OrderBodies.Organization, "orgNumber", "Recipient.RecipientOrganization.OrgNumber" },
        { OrderBodies.Person, "nationalIdentityNumber", "Recipient.RecipientPerson.NationalIdentityNumber" },
    };

    private static readonly (string Body, string Member, string Type)[] Kinds =
    [
        (OrderBodies.Person, "recipientPerson", "RecipientPerson"),
        (OrderBodies.Organization, "recipientOrganization", "RecipientOrganization"),
        (OrderBodies.ExternalIdentity, "recipientExternalIdentity", "RecipientExternalIdentity"),
    ];

    [Theory]
    [MemberData(nameof(IdentifiedRules))]
    public void Whoever_is_looked_up_is_ordered_by_the_same_rules(string body, string path, string value, string key) =>
        Keys(body.With(path, value)).ShouldBe([key]);

    [Theory]
    [InlineData("\"91015080\"")]
    [InlineData("\"9101508041\"")]
    [InlineData("\"91015080a\"")]
    [InlineData("\"٩١٠١٥٠٨٠٤\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void An_organization_number_has_nine_digits(string number) =>
        Keys(OrderBodies.Organization.With("recipient.recipientOrganization.orgNumber", number)).ShouldBe(["Recipient.RecipientOrganization.OrgNumber"]);

    [Theory]
    [InlineData("urn:altinn:person:idporten-email:ola@example.no", true)]
    [InlineData("urn:altinn:person:idporten-email:ola%2Bny@example.no", true)]
    [InlineData("urn:altinn:party:username:ola", true)]
    [InlineData("urn:altinn:username:ola%20n", true)]
    [InlineData("urn:altinn:person:legacy-selfidentified:ola", true)]
    [InlineData("", false)]
    [InlineData("invalid-urn-format", false)]
    [InlineData("urn:altinn:person:idporten-email:", false)]
    [InlineData("urn:altinn:person:idporten-email:user@", false)]
    [InlineData("urn:altinn:person:idporten-email:user@example", false)]
    [InlineData("urn:altinn:party:username:", false)]
    [InlineData("urn:altinn:party:username:%20", false)]
    [InlineData("urn:altinn:username: ", false)]
    [InlineData("urn:altinn:person:legacy-selfidentified:", false)]
    [InlineData("urn:altinn:person:wrongprefix:ola@example.no", false)]
    [InlineData("urn:altinn:person:identifier-no:16069412345", false)]
    public void An_external_identity_is_one_of_the_urns(string urn, bool isValid) =>
        Keys(OrderBodies.ExternalIdentity.With("recipient.recipientExternalIdentity.externalIdentity", $"\"{urn}\""))
            .ShouldBe(isValid ? [] : ["Recipient.RecipientExternalIdentity.ExternalIdentity"]);

    [Theory]
    [InlineData(IdentityNumbers.Real, "991825827", true)]
    [InlineData(IdentityNumbers.Real, "991825828", false)]
    [InlineData(IdentityNumbers.Real, "313600947", false)]
    [InlineData(IdentityNumbers.Synthetic, "313600947", true)]
    [InlineData(IdentityNumbers.Synthetic, "123456789", false)]
    [InlineData(IdentityNumbers.Any, "123456789", true)]
    public void The_control_digit_of_an_organization_is_read_as_the_setting_says(IdentityNumbers read, string number, bool isValid) =>
        Keys(OrderBodies.Organization.With("recipient.recipientOrganization.orgNumber", $"\"{number}\""), new RecipientSettings { IdentityNumbers = read })
            .ShouldBe(isValid ? [] : ["Recipient.RecipientOrganization.OrgNumber"]);

    [Theory]
    [InlineData(IdentityNumbers.Real, "02013299997", true)]
    [InlineData(IdentityNumbers.Real, "02013299903", true)]
    [InlineData(IdentityNumbers.Real, "16069412345", false)]
    [InlineData(IdentityNumbers.Real, "20914695016", false)]
    [InlineData(IdentityNumbers.Synthetic, "20914695016", true)]
    [InlineData(IdentityNumbers.Any, "16069412345", true)]
    public void The_control_digits_of_a_person_are_read_as_the_setting_says(IdentityNumbers read, string number, bool isValid) =>
        Keys(OrderBodies.Person.With("recipient.recipientPerson.nationalIdentityNumber", $"\"{number}\""), new RecipientSettings { IdentityNumbers = read })
            .ShouldBe(isValid ? [] : ["Recipient.RecipientPerson.NationalIdentityNumber"]);

    [Fact]
    public void A_text_that_is_too_long_for_an_SMS_is_counted()
    {
        var order = OrderBodies.Read(OrderBodies.Sms.With("recipient.recipientSms.smsSettings.body", $"\"{new string('č', 1073)}\""));

        new OrderRequestValidator(new FixedClock(), Lenient).Validate(order).Errors.ShouldHaveSingleItem().ErrorMessage
            .ShouldBe("The text has 1073 characters and takes 17 parts in UCS-2; the gateway takes 2144 characters and 16 parts.");
    }

    [Fact]
    public void An_order_names_one_recipient_of_the_five() =>
        Keys(OrderBodies.Organization.With("recipient.recipientEmail", """{"emailAddress":"ola@example.no","emailSettings":{"subject":"s","body":"b"}}""")).ShouldBe(["Recipient"]);

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

    private static string[] Keys(string body, RecipientSettings? settings = null) =>
        [.. new OrderRequestValidator(new FixedClock(), settings ?? Lenient).Validate(OrderBodies.Read(body)).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static readonly RecipientSettings Lenient = new() { IdentityNumbers = IdentityNumbers.Any };

    private static string Text(int length) => $"\"{new string('a', length)}\"";
}
