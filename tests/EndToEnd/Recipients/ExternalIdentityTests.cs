using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Recipients;

[Collection(SharedSystemTests.Name)]
public sealed class ExternalIdentityTests(SharedSystem system)
{
    private static int _identities;
    private readonly NotificationsDriver _owner = system.NewOwner();
    private readonly int _identity = Interlocked.Increment(ref _identities);

    private string Email => $"self{_identity}@example.no";

    private string Mobile => $"+47973{_identity:00000}";

    [Fact]
    public async Task Email_identity_is_told_at_its_address()
    {
        var order = await _owner.Accept(Order.ExternalIdentity($"urn:altinn:person:idporten-email:{Email}", "EmailPreferred", body: "[$recipientName$$recipientNumber$]"));

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
        (await system.Sandbox.Inbox(Email)).ShouldHaveSingleItem().Body.ShouldBe("[]");
    }

    [Theory]
    [InlineData("Email", true, true, "Email_Delivered")]
    [InlineData("Sms", true, true, "SMS_Delivered")]
    [InlineData("EmailPreferred", false, true, "SMS_Delivered")]
    [InlineData("SmsPreferred", true, false, "Email_Delivered")]
    [InlineData("EmailAndSms", true, true, "Email_Delivered", "SMS_Delivered")]
    [InlineData("EmailAndSms", true, false, "Email_Delivered", "SMS_Failed_RecipientNotIdentified")]
    public async Task User_name_is_told_over_the_channels_of_the_schema(string schema, bool hasEmail, bool hasMobile, params string[] endings)
    {
        var urn = $"urn:altinn:party:username:user{_identity}";
        await system.Sandbox.Identity(urn, hasEmail ? Email : null, hasMobile ? Mobile : null);
        var order = await _owner.Accept(Order.ExternalIdentity(urn, schema));

        (await _owner.UntilCompleted(order.ShipmentId)).Recipients.Select(r => r.Status).ShouldBe(endings, ignoreOrder: true);
    }
}
