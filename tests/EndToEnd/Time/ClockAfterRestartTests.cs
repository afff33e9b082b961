using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Time;

[Collection(BreakableSystemTests.Name)]
public sealed class ClockAfterRestartTests(BreakableSystem system)
{
    [Fact]
    public async Task Clock_survives_the_death_of_every_process_and_so_do_the_orders_that_wait()
    {
        await system.RunWorkers(1);
        var owner = system.NewOwner();
        var to = $"{owner.Creator}@example.no";
        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(3));
        var order = await owner.Accept(Order.Email(to).At(await system.Sandbox.Now() + TimeSpan.FromDays(2)));
        var offset = await system.Sandbox.ClockOffset();

        foreach (var host in new[] { system.Local.Sandbox, system.Local.Api, system.Worker })
            await host.Kill();
        system.Local.Sandbox.Start();
        await system.Local.Sandbox.WaitUntilReady();
        system.Local.Api.Start();
        system.Worker.Start();
        await Task.WhenAll(system.Local.Api.WaitUntilReady(), system.Worker.WaitUntilReady());

        (await system.Sandbox.ClockOffset()).ShouldBe(offset);
        var past = await owner.Post(Order.Email(to).At(DateTimeOffset.UtcNow + TimeSpan.FromDays(1)));
        past.Status.ShouldBe(HttpStatusCode.BadRequest, "What is tomorrow by the machine's clock has passed by the system's.");
        (await owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Registered);
        (await system.Sandbox.Inbox(to)).ShouldBeEmpty();

        await system.Sandbox.AdvanceClock(TimeSpan.FromDays(2));
        await owner.UntilCompleted(order.ShipmentId);
        (await system.Sandbox.Inbox(to)).Count.ShouldBe(1);
    }
}
