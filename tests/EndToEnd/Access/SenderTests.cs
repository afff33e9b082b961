using System.Net;
using System.Text.Json.Nodes;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Access;

[Collection(GuardedSystemTests.Name)]
public sealed class SenderTests(GuardedSystem system)
{
    private const string EmailSender = "recipient.recipientEmail.emailSettings.senderEmailAddress";
    private const string SmsSender = "recipient.recipientSms.smsSettings.sender";

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Sender_that_is_not_the_creators_is_refused_until_it_is_registered()
    {
        var email = Order.Email("a@example.no").With(EmailSender, "post@etat.no");
        var refused = await _owner.Post(email);
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Errors().ShouldBe(["Recipient.RecipientEmail.Settings.SenderEmailAddress"]);

        (await _owner.KeepSender(HttpMethod.Put, "email", "Post@etat.no")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _owner.Post(email)).Status.ShouldBe(HttpStatusCode.Created);
        (await system.NewOwner().Post(email)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await _owner.KeepSender(HttpMethod.Delete, "Email", "Post@etat.no")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _owner.KeepSender(HttpMethod.Delete, "Email", "Post@etat.no")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _owner.Post(email.Known("another"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Sender_of_a_reminder_is_looked_at_too()
    {
        var reminder = Order.SmsRecipient("+4799999999");
        reminder["recipientSms"]!["smsSettings"]!["sender"] = "Etaten";
        var order = Order.Email("a@example.no").RemindedAfterDays(1, reminder);
        (await _owner.Post(order)).Errors().ShouldBe(["Reminders[0].Recipient.RecipientSms.Settings.Sender"]);

        await _owner.KeepSender(HttpMethod.Put, "Sms", "Etaten");
        (await _owner.Post(order)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Default_senders_may_be_named_by_everybody()
    {
        (await _owner.Post(Order.Email("a@example.no").With(EmailSender, "noreply@altinn.cloud"))).Status.ShouldBe(HttpStatusCode.Created);
        (await _owner.Post(Order.Sms("+4799999999").With(SmsSender, "Altinn"))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Owner_sees_what_is_registered()
    {
        await _owner.KeepSender(HttpMethod.Put, "Sms", "Et navn");
        await _owner.KeepSender(HttpMethod.Put, "Email", "@etat.no");

        (await _owner.Senders()).Body.EnumerateArray().Select(s => $"{s.GetProperty("channel")} {s.GetProperty("sender")}").ShouldBe(["Email @etat.no", "Sms Et navn"]);
    }

    [Theory]
    [InlineData("Fax", "Etaten", "Channel")]
    [InlineData("Email", "Etaten", "Sender")]
    [InlineData("Email", "@", "Sender")]
    public async Task What_cannot_be_a_sender_is_not_registered(string channel, string sender, string field) =>
        (await _owner.KeepSender(HttpMethod.Put, channel, sender)).Errors().ShouldBe([field]);

    [Fact]
    public async Task Only_who_keeps_the_registry_may_change_it()
    {
        (await _owner.KeepSender(HttpMethod.Put, "Sms", "Etaten", scope: "altinn:serviceowner/notifications.create")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _owner.Post(Order.Sms("+4799999999").With(SmsSender, "Etaten"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }
}
