using System.Text.Json;
using FluentValidation;
using Notifications.Api.Instant;
using Notifications.Api.Wire;
using Notifications.Tests.Fast.Api.Orders;

namespace Notifications.Tests.Fast.Api.Instant;

/// <summary>The rules of Altinn Notifications for instant messages, each under the key that clients know.</summary>
public sealed class InstantValidatorTests
{
    public static TheoryData<string, string, string, string> SmsRules() => new()
    {
        { "phoneNumber", "\"99999999\"", "PhoneNumber", "no country code" },
        { "phoneNumber", "\" +4799999999\"", "PhoneNumber", "a leading space" },
        { "phoneNumber", "\"+4722222222\"", "PhoneNumber", "not a mobile" },
        { "phoneNumber", "\"\"", "PhoneNumber", "empty" },
        { "phoneNumber", "null", "PhoneNumber", "null" },
        { "timeToLiveInSeconds", "59", "TimeToLiveInSeconds", "too short" },
        { "timeToLiveInSeconds", "172801", "TimeToLiveInSeconds", "too long" },
        { "timeToLiveInSeconds", "-1", "TimeToLiveInSeconds", "negative" },
        { "smsSettings", "null", "ShortMessageContent", "null" },
        { "smsSettings.body", "\"\"", "ShortMessageContent.Body", "empty" },
        { "smsSettings.body", "\"  \"", "ShortMessageContent.Body", "blank" },
        { "smsSettings.body", "null", "ShortMessageContent.Body", "null" },
        { "smsSettings.body", $"\"{new string('b', 2145)}\"", "ShortMessageContent.Body", "too long for the gateway" },
        { "smsSettings.sender", "\"Alt\\u0001inn\"", "ShortMessageContent.Sender", "not readable" },
    };

    public static TheoryData<string, string, string, string> EmailRules() => new()
    {
        { "idempotencyId", "\"\"", "IdempotencyId", "empty" },
        { "idempotencyId", "null", "IdempotencyId", "null" },
        { "idempotencyId", $"\"{new string('i', 513)}\"", "IdempotencyId", "too long" },
        { "sendersReference", $"\"{new string('r', 513)}\"", "SendersReference", "too long" },
        { "recipientEmail", "null", "InstantEmailDetails", "null" },
        { "recipientEmail.emailAddress", "\"user@\"", "InstantEmailDetails.EmailAddress", "wrong" },
        { "recipientEmail.emailAddress", "null", "InstantEmailDetails.EmailAddress", "null" },
        { "recipientEmail.emailSettings", "null", "InstantEmailDetails.EmailSettings", "null" },
        { "recipientEmail.emailSettings.senderEmailAddress", "\"etat\"", "InstantEmailDetails.EmailSettings.SenderEmailAddress", "wrong" },
        { "recipientEmail.emailSettings.subject", "\"\"", "InstantEmailDetails.EmailSettings.Subject", "empty" },
        { "recipientEmail.emailSettings.subject", "\"a\\tb\"", "InstantEmailDetails.EmailSettings.Subject", "a control character" },
        { "recipientEmail.emailSettings.subject", "\"a\\u0085b\"", "InstantEmailDetails.EmailSettings.Subject", "another line break" },
        { "recipientEmail.emailSettings.subject", "\"a\\u2028b\"", "InstantEmailDetails.EmailSettings.Subject", "another line break" },
        { "recipientEmail.emailSettings.body", "\"\"", "InstantEmailDetails.EmailSettings.Body", "empty" },
        { "recipientEmail.emailSettings.body", "null", "InstantEmailDetails.EmailSettings.Body", "null" },
        { "recipientEmail.emailSettings.contentType", "2", "InstantEmailDetails.EmailSettings.ContentType", "unknown" },
    };

    [Fact]
    public void Valid_messages_are_accepted()
    {
        Sms(InstantBodies.Sms).ShouldBeEmpty();
        EarlierSms(InstantBodies.EarlierSms).ShouldBeEmpty();
        Email(InstantBodies.Email).ShouldBeEmpty();
        Email(InstantBodies.Email.With("recipientEmail.emailSettings.subject", "\"a\\r\\nb\"")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(SmsRules))]
    public void An_SMS_is_refused_by_the_key_of(string path, string value, string key, string because)
    {
        Sms(InstantBodies.Sms.With($"recipientSms.{path}", value)).ShouldBe([$"RecipientSms.{key}"], because);
        EarlierSms(InstantBodies.EarlierSms.With($"recipient.recipientSms.{path}", value))
            .ShouldBe([$"InstantNotificationRecipient.ShortMessageDeliveryDetails.{key}"], because);
    }

    [Theory]
    [MemberData(nameof(EmailRules))]
    public void An_email_is_refused_by_the_key_of(string path, string value, string key, string because) =>
        Email(InstantBodies.Email.With(path, value)).ShouldBe([key], because);

    [Fact]
    public void Whom_an_SMS_is_for_must_be_said()
    {
        Sms(InstantBodies.Sms.With("recipientSms", "null")).ShouldBe(["RecipientSms"]);
        EarlierSms(InstantBodies.EarlierSms.With("recipient", "null")).ShouldBe(["InstantNotificationRecipient"]);
        EarlierSms(InstantBodies.EarlierSms.With("recipient.recipientSms", "null")).ShouldBe(["InstantNotificationRecipient.ShortMessageDeliveryDetails"]);
    }

    [Theory]
    [InlineData("timeToLiveInSeconds")]
    [InlineData("phoneNumber")]
    [InlineData("smsSettings")]
    public void A_member_that_must_be_there_is_missed_when_it_is_read(string member) =>
        Should.Throw<JsonException>(() => Read<InstantSmsRequest>(InstantBodies.Sms.With($"recipientSms.{member}", null))).Message.ShouldContain(member);

    private static string[] Sms(string json) => Keys(new InstantSmsRequestValidator(), json);

    private static string[] EarlierSms(string json) => Keys(new InstantOrderRequestValidator(), json);

    private static string[] Email(string json) => Keys(new InstantEmailRequestValidator(), json);

    private static string[] Keys<T>(IValidator<T> validator, string json) =>
        [.. validator.Validate(Read<T>(json)).Errors.Select(e => e.PropertyName).Distinct(StringComparer.Ordinal)];

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, WireJson.Options)!;
}
