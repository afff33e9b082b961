using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class DeliveryTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Email_is_delivered()
    {
        var to = $"{_owner.Creator}@example.no";
        var order = await _owner.OrderEmail(to, body: "Your letter has come");

        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        shipment.Recipients.ShouldBe([new Recipient("Email", to, "Email_Delivered")]);
        var message = (await system.Sandbox.Inbox(to)).ShouldHaveSingleItem();
        (message.Channel, message.Subject, message.Body).ShouldBe(("email", "Subject", "Your letter has come"));
    }

    [Fact]
    public async Task Sms_is_delivered()
    {
        var order = await _owner.OrderSms("+4798000001", body: "Your letter has come");

        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        shipment.Recipients.ShouldBe([new Recipient("SMS", "+4798000001", "SMS_Delivered")]);
        var message = (await system.Sandbox.Inbox("+4798000001")).ShouldHaveSingleItem();
        (message.Channel, message.From, message.Body).ShouldBe(("sms", "Altinn", "Your letter has come"));
    }

    [Fact]
    public async Task Accepted_order_says_where_it_is_and_carries_the_senders_reference()
    {
        var answer = await _owner.Post(Order.Email("ref@example.no").With("sendersReference", "case 17"));

        answer.Location!.AbsolutePath.ShouldEndWith($"/notifications/api/v1/orders/chain/{answer.Accepted().OrderId}");
        answer.Body.GetProperty("notification").GetProperty("sendersReference").GetString().ShouldBe("case 17");
        (await _owner.UntilCompleted(answer.Accepted().ShipmentId)).SendersReference.ShouldBe("case 17");
    }

    [Theory]
    [InlineData("bounced", "Email_Failed_Bounced")]
    [InlineData("suppressed", "Email_Failed_SuppressedRecipient")]
    [InlineData("spam", "Email_Failed_FilteredSpam")]
    [InlineData("quarantined", "Email_Failed_Quarantined")]
    [InlineData("failed", "Email_Failed")]
    [InlineData("server-error", "Email_Delivered")]
    [InlineData("throttled", "Email_Delivered")]
    [InlineData("lost-response", "Email_Delivered")]
    [InlineData("duplicate-report", "Email_Delivered")]
    [InlineData("out-of-order", "Email_Delivered")]
    public async Task Email_ends_as_the_provider_reports(string mailbox, string ending)
    {
        var to = $"{mailbox}+{_owner.Creator}@simulator.test";
        var order = await _owner.OrderEmail(to);

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe(ending);
        (await system.Sandbox.Inbox(to)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Email_that_the_provider_refuses_fails_and_is_not_sent()
    {
        var to = $"invalid-format+{_owner.Creator}@simulator.test";
        var order = await _owner.OrderEmail(to);

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Failed_InvalidFormat");
        (await system.Sandbox.Inbox(to)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00", "SMS_Delivered")]
    [InlineData("01", "SMS_Failed_Undelivered")]
    [InlineData("02", "SMS_Failed_Expired")]
    [InlineData("03", "SMS_Failed_Rejected")]
    [InlineData("04", "SMS_Failed_Deleted")]
    [InlineData("05", "SMS_Failed_BarredReceiver")]
    [InlineData("06", "SMS_Failed")]
    [InlineData("07", "SMS_Failed")]
    [InlineData("08", "SMS_Failed")]
    [InlineData("09", "SMS_Failed_BarredReceiver")]
    [InlineData("10", "SMS_Failed")]
    [InlineData("11", "SMS_Delivered")]
    [InlineData("12", "SMS_Failed")]
    [InlineData("22", "SMS_Delivered")]
    [InlineData("23", "SMS_Delivered")]
    [InlineData("25", "SMS_Delivered")]
    public async Task Sms_ends_as_the_gateway_reports(string digits, string ending)
    {
        var (shipment, messages) = await Send($"+47400000{digits}");

        shipment.Notification.ShouldBe(ending);
        messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sms_that_the_gateway_refuses_fails_and_is_not_sent()
    {
        var (shipment, messages) = await Send("+4740000027");

        shipment.Notification.ShouldBe("SMS_Failed_InvalidRecipient");
        messages.ShouldBeEmpty();
    }

    private async Task<(Shipment Shipment, IReadOnlyList<InboxMessage> Messages)> Send(string mobile)
    {
        var order = await _owner.OrderSms(mobile, body: $"From {_owner.Creator}");
        var shipment = await _owner.UntilCompleted(order.ShipmentId);
        return (shipment, [.. (await system.Sandbox.Inbox(mobile)).Where(m => m.Body == $"From {_owner.Creator}")]);
    }
}
