using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class PersonTests(SharedSystem system)
{
    private static int _persons;
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _person = Interlocked.Increment(ref _persons);

    private string Number => $"{_person:00000}912345";

    private string Email => $"person{_person}@example.no";

    private string Mobile => $"+47971{_person:00000}";

    [Theory]
    [InlineData("Email", true, true, "Email_Delivered")]
    [InlineData("Sms", true, true, "SMS_Delivered")]
    [InlineData("EmailPreferred", true, true, "Email_Delivered")]
    [InlineData("EmailPreferred", false, true, "SMS_Delivered")]
    [InlineData("SmsPreferred", true, true, "SMS_Delivered")]
    [InlineData("SmsPreferred", true, false, "Email_Delivered")]
    [InlineData("EmailAndSms", true, true, "Email_Delivered", "SMS_Delivered")]
    [InlineData("EmailAndSms", true, false, "Email_Delivered", "SMS_Failed_RecipientNotIdentified")]
    public async Task Person_is_told_over_the_channels_of_the_schema(string schema, bool hasEmail, bool hasMobile, params string[] endings)
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", hasEmail ? Email : null, hasMobile ? Mobile : null);
        var order = await _owner.OrderPerson(Number, schema);

        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        shipment.Recipients.Select(r => r.Status).ShouldBe(endings, ignoreOrder: true);
        await ShouldHaveReceived(
            emails: endings.Count(e => e == "Email_Delivered"),
            sms: endings.Count(e => e == "SMS_Delivered"));
    }

    [Fact]
    public async Task Reserved_person_is_sent_nothing()
    {
        await system.Sandbox.Person(Number, "Ola Nordmann", Email, Mobile, isReserved: true);
        var order = await _owner.OrderPerson(Number, "EmailAndSms");

        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        shipment.Recipients.Select(r => r.Status).ShouldBe(["Email_Failed_RecipientReserved", "SMS_Failed_RecipientReserved"], ignoreOrder: true);
        await ShouldHaveReceived(emails: 0, sms: 0);
    }

    [Fact]
    public async Task Reserved_person_is_told_when_the_order_overrides_the_reservation()
    {
        await system.Sandbox.Person(Number, "Ola Nordmann", Email, Mobile, isReserved: true);
        var order = await _owner.Accept(Order.Person(Number, "EmailPreferred").With("recipient.recipientPerson.ignoreReservation", true));

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
        await ShouldHaveReceived(emails: 1, sms: 0);
    }

    [Fact]
    public async Task Person_who_has_no_address_any_more_when_it_is_time_is_not_identified()
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", Email, Mobile);
        var order = await _owner.Accept(Order.Person(Number, "EmailPreferred").At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));
        await system.Sandbox.Person(Number, "Ada Nordmann");
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));

        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        shipment.Recipients.ShouldBe([new Recipient("Email", "", "Email_Failed_RecipientNotIdentified")]);
        await ShouldHaveReceived(emails: 0, sms: 0);
    }

    [Fact]
    public async Task Recipients_name_is_filled_in()
    {
        await system.Sandbox.Person(Number, "Kari Nordmann", Email, Mobile);
        var order = await _owner.OrderPerson(Number, "EmailAndSms", body: "Dear $recipientName$!", subject: "For $recipientName$");

        await _owner.UntilCompleted(order.ShipmentId);
        var email = (await system.Sandbox.Inbox(Email)).ShouldHaveSingleItem();
        (email.Subject, email.Body).ShouldBe(("For Kari Nordmann", "Dear Kari Nordmann!"));
        (await system.Sandbox.Inbox(Mobile)).ShouldHaveSingleItem().Body.ShouldBe("Dear Kari Nordmann!");
    }

    private async Task ShouldHaveReceived(int emails, int sms) =>
        ((await system.Sandbox.Inbox(Email)).Count, (await system.Sandbox.Inbox(Mobile)).Count).ShouldBe((emails, sms));
}
