using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>A neighbour that fails for a number of calls, or for a while.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ProviderFaultTests(SharedSystem system)
{
    private const int Orders = 20;
    /// <summary>Few, because once the breaker is open each of them costs a pause.</summary>
    private const int FailingCalls = 6;
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData("500", FailingCalls)]
    [InlineData("503", FailingCalls)]
    [InlineData("throttle", 3)]
    [InlineData("reset-before", FailingCalls)]
    [InlineData("reset-after", FailingCalls)]
    [InlineData("garbage", FailingCalls)]
    [InlineData("huge", FailingCalls)]
    [InlineData("401", 1)]
    public async Task Email_comes_once_although_the_provider_answers(string mode, int failingCalls)
    {
        await system.Sandbox.Fault("acs", mode, failingCalls);
        var orders = await OrderEmails();

        await AllAreDelivered(orders);
        (await system.Sandbox.FaultLeft("acs")).ShouldBe(0, "The fault hit as many calls as it was to.");
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("slow")]
    public async Task Email_comes_once_although_the_provider_does_not_come_to_an_end(string mode)
    {
        AcceptedOrder[] orders;
        await system.Sandbox.Fault("acs", mode, FailingCalls);
        try
        {
            orders = await OrderEmails();
            await Eventually.Until("Calls without an end", () => system.Sandbox.FaultLeft("acs"), left => left == 0);
        }
        finally
        {
            await system.Sandbox.Fault("acs", "none");
        }
        await AllAreDelivered(orders);
    }

    [Fact]
    public async Task Sms_comes_once_when_the_gateway_said_twice_that_it_did_not_take_it()
    {
        await system.Sandbox.BeDaytime();
        var order = new MappedOrder(system, isEmail: false);
        foreach (var status in new[] { 500, 503, 429 })
            await order.Add($"{status}", new { answer = new { status, times = 2, headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "1" } } }, "Delivered");
        await order.Send();

        var endings = await order.Endings();
        endings.Count.ShouldBe(3);
        foreach (var (status, ending) in endings)
        {
            ending.Message.ShouldBe("Delivered", $"{ending}");
            ending.Attempts.ShouldBe([$"Deferred: {status}", $"Deferred: {status}", "Accepted: OK"]);
            (await order.Inbox(status)).Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Person_is_told_soon_after_profile_is_back_and_nothing_is_answered_before()
    {
        const int Many = 1000;
        var number = $"{_owner.Creator["owner".Length..]:00000}".PadLeft(5, '0') + "812345";
        await system.Sandbox.Person(number, "Ada Nordmann", $"{_owner.Creator}@example.no");
        var order = await _owner.Accept(Order.Person(number, "EmailPreferred").At(await system.Sandbox.Now() + TimeSpan.FromMinutes(10)));
        await system.Sandbox.Fault("profile", "500", Many, about: number);
        try
        {
            await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(10));

            await Eventually.Until("Three calls to Profile", () => system.Sandbox.FaultLeft("profile"), left => left <= Many - 3);
            var meanwhile = await _owner.Shipment(order.ShipmentId);
            (meanwhile.Status, meanwhile.Recipients.Count).ShouldBe((Shipment.Processing, 0));
        }
        finally
        {
            await system.Sandbox.Fault("profile", "none");
        }
        (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
        (await system.Sandbox.Inbox($"{_owner.Creator}@example.no")).Count.ShouldBe(1);
    }

    private Task<AcceptedOrder[]> OrderEmails() =>
        Task.WhenAll(Enumerable.Range(0, Orders).Select(i => _owner.OrderEmail($"{_owner.Creator}.{i}@example.no")));

    private async Task AllAreDelivered(AcceptedOrder[] orders)
    {
        foreach (var order in orders)
            (await _owner.UntilCompleted(order.ShipmentId)).Notification.ShouldBe("Email_Delivered");
        for (var i = 0; i < Orders; i++)
            (await system.Sandbox.Inbox($"{_owner.Creator}.{i}@example.no")).Count.ShouldBe(1);
    }
}
