using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>SMS by LINK's Common interface, through the real worker and the stand-in's wire.</summary>
[Collection(GuardedSystemTests.Name)]
public sealed class CommonInterfaceTests(GuardedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Sms_ends_as_the_gateway_reports()
    {
        var endings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["00"] = "SMS_Delivered",
            ["01"] = "SMS_Failed_Undelivered",
            ["02"] = "SMS_Failed_Expired",
            ["03"] = "SMS_Failed_Rejected",
            ["04"] = "SMS_Failed",
            ["05"] = "SMS_Failed_BarredReceiver",
            ["06"] = "SMS_Failed",
            ["09"] = "SMS_Failed_BarredReceiver",
            ["10"] = "SMS_Failed",
            ["11"] = "SMS_Delivered",
            ["12"] = "SMS_Failed",
            ["22"] = "SMS_Delivered",
            ["23"] = "SMS_Delivered",
            ["25"] = "SMS_Delivered",
            ["27"] = "SMS_Failed_InvalidRecipient",
        };
        var orders = new List<(string Digits, AcceptedOrder Order)>();
        foreach (var digits in endings.Keys)
            orders.Add((digits, await _owner.OrderSms($"+47400000{digits}", $"From {_owner.Creator}")));

        foreach (var (digits, order) in orders)
            (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe(endings[digits], $"+47400000{digits}");
    }

    [Fact]
    public async Task A_report_settles_a_message_whose_answer_was_lost()
    {
        var order = await _owner.OrderSms("+4740000024", $"From {_owner.Creator}");

        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("SMS_Delivered");
        (await system.Sandbox.Inbox("+4740000024")).Count(m => m.Body == $"From {_owner.Creator}").ShouldBe(1);
    }

    [Fact]
    public async Task Letters_beyond_the_alphabet_arrive_as_they_were_written()
    {
        var text = string.Concat(Enumerable.Repeat("Buorre beaivi, Áŋŋá! ", 8));
        var order = await _owner.OrderSms("+4798123456", text);

        await _owner.UntilCompleted(order.ShipmentId);
        (await system.Sandbox.Inbox("+4798123456")).Single().Body.ShouldBe(text);
    }
}
