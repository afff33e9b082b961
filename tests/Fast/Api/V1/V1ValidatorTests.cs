using System.Text.Json;
using FluentValidation;
using Notifications.Api.V1;
using Notifications.Api.Wire;
using Notifications.Consumers.Conditions;
using Notifications.Tests.Fast.Api.Orders;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Api.V1;

/// <summary>The rules of Altinn Notifications, each under the key that clients know.</summary>
public sealed class V1ValidatorTests
{
    private const string Email =
        """
        {"subject":"Hei","body":"Tekst","contentType":"Html","sendersReference":"r","requestedSendTime":"2026-11-22T08:00:00Z","resourceId":"app","resourceAction":"read",
         "ignoreReservation":false,"recipients":[{"emailAddress":"ola@example.no","mobileNumber":"passed over"},{"nationalIdentityNumber":"16069412345"},{"organizationNumber":"910150804"}]}
        """;

    private const string Sms =
        """
        {"body":"Tekst","senderNumber":"Altinn","recipients":[{"mobileNumber":"+4799999999","emailAddress":"passed over"},{"nationalIdentityNumber":"16069412345"},
         {"organisationNumber":"910150804"}]}
        """;

    private const string Any =
        """
        {"notificationChannel":"EmailPreferred","emailTemplate":{"fromAddress":"","subject":"Hei","body":"Tekst","contentType":"Plain"},"smsTemplate":{"senderNumber":"","body":"Tekst"},
         "recipients":[{"emailAddress":"ola@example.no","mobileNumber":"+4799999999"},{"mobileNumber":"+4799999999"},{"nationalIdentityNumber":"16069412345"}]}
        """;

    public static TheoryData<string, string, string, string> CommonRules() => new()
    {
        { "requestedSendTime", "\"2026-11-22T08:00:00\"", "RequestedSendTime", "no time zone" },
        { "requestedSendTime", "\"2026-11-21T07:54:59Z\"", "RequestedSendTime", "more than five minutes ago" },
        { "requestedSendTime", "\"9999-12-31T23:59:59Z\"", "RequestedSendTime", "beyond the calendar" },
        { "sendersReference", Text(513), "SendersReference", "too long" },
        { "resourceId", Text(513), "ResourceId", "too long" },
        { "conditionEndpoint", "\"https://localhost/condition\"", "ConditionEndpoint", "no domain" },
        { "conditionEndpoint", "\"https://192.168.0.1/condition\"", "ConditionEndpoint", "no domain" },
        { "conditionEndpoint", "\"https://example.n0/condition\"", "ConditionEndpoint", "no such top domain" },
        { "conditionEndpoint", "\"ftp://example.no/condition\"", "ConditionEndpoint", "not the web" },
        { "conditionEndpoint", "\"condition\"", "ConditionEndpoint", "not absolute" },
        { "recipients", "[]", "Recipients", "nobody" },
        { "recipients", "null", "Recipients", "null" },
        { "recipients", null!, "Recipients", "missing" },
        { "recipients.0", "null", "Recipients[0]", "null" },
        { "recipients.0", "{}", "Recipients[0]", "nobody" },
        { "recipients.0", """{"emailAddress":"","mobileNumber":"","organizationNumber":"","nationalIdentityNumber":""}""", "Recipients[0]", "empty" },
        { "recipients.1", """{"nationalIdentityNumber":"16069412345","organizationNumber":"910150804"}""", "Recipients[1]", "two identities" },
        { "recipients.1", """{"nationalIdentityNumber":"16069412345","emailAddress":"a@b.no"}""", "Recipients[1]", "an identity with an address" },
        { "recipients.1", """{"nationalIdentityNumber":"16069412345","mobileNumber":"+4799999999"}""", "Recipients[1]", "an identity with a number" },
        { "recipients.1", """{"organizationNumber":"910150804","emailAddress":"a@b.no"}""", "Recipients[1]", "an organization with an address" },
        { "recipients.1", """{"organizationNumber":"910150804","mobileNumber":"+4799999999"}""", "Recipients[1]", "an organization with a number" },
        { "recipients.1", """{"nationalIdentityNumber":"1606941234"}""", "Recipients[1].NationalIdentityNumber", "ten digits" },
        { "recipients.1", """{"nationalIdentityNumber":"1606941234a"}""", "Recipients[1].NationalIdentityNumber", "a letter" },
        { "recipients.1", """{"nationalIdentityNumber":"١٦٠٦٩٤١٢٣٤٥"}""", "Recipients[1].NationalIdentityNumber", "other digits" },
        { "recipients.1", """{"organizationNumber":"91015080"}""", "Recipients[1].OrganizationNumber", "eight digits" },
        { "recipients.1", """{"organisationNumber":"9101508044"}""", "Recipients[1].OrganizationNumber", "ten digits" },
    };

    public static TheoryData<string, string, string, string> EmailRules() => new()
    {
        { "subject", "\"\"", "Subject", "empty" },
        { "subject", "\" \"", "Subject", "blank" },
        { "subject", "null", "Subject", "null" },
        { "subject", null!, "Subject", "missing" },
        { "subject", "\"a\\tb\"", "Subject", "a control character" },
        { "subject", "\"a\\u0085b\"", "Subject", "a line break that no client means" },
        { "subject", "\"a\\u2028b\"", "Subject", "a line break that no client means" },
        { "body", "\"\"", "Body", "empty" },
        { "body", "null", "Body", "null" },
        { "body", null!, "Body", "missing" },
        { "contentType", "7", "ContentType", "unknown" },
        { "resourceId", null!, "ResourceAction", "an action on nothing" },
        { "resourceAction", "\" \"", "ResourceAction", "blank" },
        { "recipients.0", """{"mobileNumber":"+4799999999"}""", "Recipients[0]", "a number is no e-mail address" },
        { "recipients.0", """{"emailAddress":"ola@"}""", "Recipients[0].EmailAddress", "wrong" },
    };

    public static TheoryData<string, string, string, string> SmsRules() => new()
    {
        { "body", "\"\"", "Body", "empty" },
        { "body", "null", "Body", "null" },
        { "body", null!, "Body", "missing" },
        { "body", Text(2145), "Body", "longer than the gateway takes" },
        { "senderNumber", "\"Alt\\u0001inn\"", "SenderNumber", "not readable" },
        { "resourceAction", "\"read\"", "ResourceAction", "an action on nothing" },
        { "recipients.0", """{"emailAddress":"ola@example.no"}""", "Recipients[0]", "an e-mail address is no number" },
        { "recipients.0", """{"mobileNumber":"99999999"}""", "Recipients[0].MobileNumber", "no country code" },
        { "recipients.0", """{"mobileNumber":"+4722222222"}""", "Recipients[0].MobileNumber", "a landline" },
    };

    public static TheoryData<string, string, string, string> AnyRules() => new()
    {
        { "notificationChannel", null!, "NotificationChannel", "missing" },
        { "notificationChannel", "null", "NotificationChannel", "null" },
        { "notificationChannel", "5", "NotificationChannel", "unknown" },
        { "emailTemplate", "null", "EmailTemplate", "missing" },
        { "smsTemplate", null!, "SmsTemplate", "missing" },
        { "emailTemplate.subject", "\"\"", "EmailTemplate.Subject", "empty" },
        { "emailTemplate.subject", null!, "EmailTemplate.Subject", "missing" },
        { "emailTemplate.body", "null", "EmailTemplate.Body", "null" },
        { "emailTemplate.fromAddress", "\"skatt\"", "EmailTemplate.FromAddress", "wrong" },
        { "emailTemplate.contentType", "2", "EmailTemplate.ContentType", "unknown" },
        { "smsTemplate.body", "\"\"", "SmsTemplate.Body", "empty" },
        { "smsTemplate.body", Text(2145), "SmsTemplate.Body", "longer than the gateway takes" },
        { "smsTemplate.senderNumber", "\"\\u0002\"", "SmsTemplate.SenderNumber", "not readable" },
        { "recipients.0.emailAddress", "\"ola@\"", "Recipients[0].EmailAddress", "wrong" },
        { "recipients.0.mobileNumber", "\"+4722222222\"", "Recipients[0].MobileNumber", "a landline" },
    };

    [Theory]
    [MemberData(nameof(CommonRules))]
    public void An_order_of_any_kind_is_refused_by_the_key_of(string path, string? value, string key, string because)
    {
        EmailKeys(Email.With(path, value)).ShouldBe([key], because);
        SmsKeys(Sms.With(path, value)).ShouldBe([key], because);
        AnyKeys(Any.With(path, value)).ShouldBe([key], because);
    }

    [Theory]
    [MemberData(nameof(EmailRules))]
    public void An_order_of_email_is_refused_by_the_key_of(string path, string? value, string key, string because) =>
        EmailKeys(Email.With(path, value)).ShouldBe([key], because);

    [Theory]
    [MemberData(nameof(SmsRules))]
    public void An_order_of_SMS_is_refused_by_the_key_of(string path, string? value, string key, string because) =>
        SmsKeys(Sms.With(path, value)).ShouldBe([key], because);

    [Theory]
    [MemberData(nameof(AnyRules))]
    public void An_order_over_any_channel_is_refused_by_the_key_of(string path, string? value, string key, string because) =>
        AnyKeys(Any.With(path, value)).ShouldBe([key], because);

    [Fact]
    public void Valid_orders_are_accepted()
    {
        EmailKeys(Email).ShouldBeEmpty();
        SmsKeys(Sms).ShouldBeEmpty();
        AnyKeys(Any).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Email", "smsTemplate")]
    [InlineData("Sms", "emailTemplate")]
    public void A_template_that_the_channel_does_not_use_may_be_left_out_and_is_checked_when_it_is_there(string channel, string template)
    {
        var order = Any.With("notificationChannel", $"\"{channel}\"").With("recipients.1", """{"organizationNumber":"910150804"}""");

        AnyKeys(order.With(template, null)).ShouldBeEmpty();
        AnyKeys(order.With($"{template}.body", "\"\"")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("EmailPreferred")]
    [InlineData("SmsPreferred")]
    [InlineData("EmailAndSms")]
    [InlineData("4")]
    public void Both_templates_are_needed_by_a_channel_that_may_use_both(string channel)
    {
        var order = Any.With("notificationChannel", $"\"{channel}\"");

        AnyKeys(order).ShouldBeEmpty();
        AnyKeys(order.With("emailTemplate", null).With("smsTemplate", null)).ShouldBe(["EmailTemplate", "SmsTemplate"]);
    }

    [Theory]
    [InlineData("2026-11-21T07:55:00Z")]
    [InlineData("2026-11-21T09:00:00+01:00")]
    [InlineData("2030-06-01T12:00:00Z")]
    public void A_send_time_may_be_five_minutes_ago_and_any_time_to_come(string time) =>
        EmailKeys(Email.With("requestedSendTime", $"\"{time}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("https://sub.example.no/condition?code=1")]
    [InlineData("http://example.no")]
    public void A_condition_is_asked_at_a_domain(string address) => EmailKeys(Email.With("conditionEndpoint", $"\"{address}\"")).ShouldBeEmpty();

    [Fact]
    public void An_order_to_more_than_one_order_takes_is_refused_at_once() =>
        SmsKeys(Sms.With("recipients", $"[{string.Join(',', Enumerable.Repeat("{}", 100_001))}]")).ShouldBe(["Recipients"]);

    [Fact]
    public void Every_wrong_member_is_told_at_once() =>
        EmailKeys(Email.With("subject", "\"\"").With("recipients.0", """{"emailAddress":"x"}""").With("recipients.2", "{}"))
            .ShouldBe(["Recipients[0].EmailAddress", "Recipients[2]", "Subject"]);

    private static string[] EmailKeys(string body) => Keys(new EmailOrderValidator(new FixedClock(), new ConditionSettings()), body);

    private static string[] SmsKeys(string body) => Keys(new SmsOrderValidator(new FixedClock(), new ConditionSettings()), body);

    private static string[] AnyKeys(string body) => Keys(new AnyOrderValidator(new FixedClock(), new ConditionSettings()), body);

    private static string[] Keys<T>(AbstractValidator<T> validator, string body) =>
        [.. validator.Validate(JsonSerializer.Deserialize<T>(body, WireJson.Options)!).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Text(int length) => $"\"{new string('a', length)}\"";
}
