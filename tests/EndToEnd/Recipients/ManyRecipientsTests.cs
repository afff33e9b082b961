using System.Text.Json;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Recipients;

/// <summary>A shipment whose notifications are planned in several steps.</summary>
[Collection(SharedSystemTests.Name)]
public sealed class ManyRecipientsTests(SharedSystem system)
{
    private const int Many = 320;
    private const string Number = "01010912345";
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Each_of_many_recipients_is_told_once_also_those_who_are_there_twice()
    {
        await system.Sandbox.Person(Number, "Ada Nordmann", Email(0));
        var order = await _owner.Accept(Order.Person(Number, "Email").At(await system.Sandbox.Now() + TimeSpan.FromHours(1)));
        await system.Ledger.SetRecipients(order.ShipmentId, JsonSerializer.Serialize(Enumerable.Range(0, Many).Select(i => new { email = Email(i) })
            .Append(new { email = Email(3).ToUpperInvariant() }).Append(new { email = Email(Many - 1) })));
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(1));

        var shipment = await _owner.UntilCompleted(order.ShipmentId, TimeSpan.FromMinutes(2));
        shipment.Recipients.Count.ShouldBe(Many);
        shipment.Recipients.ShouldAllBe(r => r.Status == "Email_Delivered");
        foreach (var place in (int[])[0, 3, 99, 100, 200, Many - 1])
            (await system.Sandbox.Inbox(Email(place))).Count.ShouldBe(1);
    }

    private string Email(int place) => $"many{place}.{_owner.Creator}@example.no";
}
