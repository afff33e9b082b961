using Notifications.Api.Orders;
using Notifications.Api.Wire;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData(OrderBodies.Email)]
    [InlineData(OrderBodies.Sms)]
    [InlineData(OrderBodies.Person)]
    [InlineData(OrderBodies.Organization)]
    [InlineData(OrderBodies.ExternalIdentity)]
    public void The_same_content_is_the_same(string body) => Differences(body, body).ShouldBeEmpty();

    [Fact]
    public void The_order_of_members_does_not_matter() =>
        Differences(
            """{"idempotencyId":"a","sendersReference":"r","recipient":{"recipientSms":{"phoneNumber":"+4799999999","smsSettings":{"body":"b","sender":"s"}}}}""",
            """{"recipient":{"recipientSms":{"smsSettings":{"sender":"s","body":"b"},"phoneNumber":"+4799999999"}},"sendersReference":"r","idempotencyId":"a"}""")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("https://example.no/condition?code=1", "https://example.no/condition?code=2", true)]
    [InlineData("https://example.no/condition", "https://example.no/elsewhere", false)]
    [InlineData("https://example.no/condition?code=1", "https://example.no/other?code=1", false)]
    public void The_secret_in_a_conditions_address_is_not_compared(string one, string other, bool isSame) =>
        (Differences(OrderBodies.Email.With("conditionEndpoint", $"\"{one}\""), OrderBodies.Email.With("conditionEndpoint", $"\"{other}\"")).Count == 0).ShouldBe(isSame);

    [Theory]
    [InlineData("requestedSendTime", "\"2027-01-01T00:00:00Z\"")]
    [InlineData("requestedSendTime", null)]
    [InlineData("idempotencyId", "\"other\"")]
    public void What_clients_make_anew_when_they_repeat_is_not_compared(string path, string? value) =>
        Differences(OrderBodies.Email, OrderBodies.Email.With(path, value)).ShouldBeEmpty();

    [Theory]
    [InlineData("sendersReference", "\"other\"", "sendersReference")]
    [InlineData("sendersReference", null, "sendersReference")]
    [InlineData("recipient.recipientEmail.emailAddress", "\"kari@example.no\"", "recipient.recipientEmail.emailAddress")]
    [InlineData("recipient.recipientEmail.emailSettings.body", "\"Other\"", "recipient.recipientEmail.emailSettings.body")]
    [InlineData("reminders.0.delayDays", "8", "reminders[0].delayDays")]
    public void A_member_that_differs_is_named(string path, string? value, string told) =>
        Differences(OrderBodies.Email, OrderBodies.Email.With(path, value)).ShouldBe([told]);

    [Theory]
    [InlineData(OrderBodies.Organization, "recipientOrganization.orgNumber", "\"910753614\"")]
    [InlineData(OrderBodies.Organization, "recipientOrganization.channelSchema", "3")]
    [InlineData(OrderBodies.Organization, "recipientOrganization.resourceId", "\"urn:altinn:resource:x\"")]
    [InlineData(OrderBodies.Organization, "recipientOrganization.smsSettings.body", "\"Annet\"")]
    [InlineData(OrderBodies.ExternalIdentity, "recipientExternalIdentity.externalIdentity", "\"urn:altinn:username:ola\"")]
    [InlineData(OrderBodies.ExternalIdentity, "recipientExternalIdentity.emailSettings.subject", "\"Annet\"")]
    public void A_member_of_any_kind_of_recipient_is_compared(string body, string path, string value) =>
        Differences(body, body.With($"recipient.{path}", value)).ShouldBe([$"recipient.{path}"]);

    [Fact]
    public void A_reminder_more_is_a_difference() =>
        Differences(OrderBodies.Email, OrderBodies.Email.With("reminders", "[]")).ShouldAllBe(path => path.StartsWith("reminders[0]."));

    [Fact]
    public void A_default_that_is_written_out_is_no_difference() =>
        Differences(OrderBodies.Sms, OrderBodies.Sms.With("recipient.recipientSms.smsSettings.sendingTimePolicy", "\"Daytime\"")).ShouldBeEmpty();

    [Fact]
    public void The_content_cannot_be_read_from_it()
    {
        var fingerprint = Fingerprint.Of(OrderBodies.Read(OrderBodies.Email), WireJson.Options);

        fingerprint.ShouldNotContain("ola@example.no");
        fingerprint.ShouldNotContain("Tekst");
    }

    private static IReadOnlyList<string> Differences(string one, string other) =>
        Fingerprint.Differences(Fingerprint.Of(OrderBodies.Read(one), WireJson.Options), Fingerprint.Of(OrderBodies.Read(other), WireJson.Options));
}
