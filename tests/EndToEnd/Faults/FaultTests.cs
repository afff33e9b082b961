using System.Diagnostics;
using Notifications.Local;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using Xunit.Abstractions;

namespace Notifications.Tests.EndToEnd.Faults;

/// <summary>What is promised whatever dies: every accepted order ends, an e-mail comes exactly once, an SMS at most once.</summary>
[Collection(BreakableSystemTests.Name)]
public sealed class FaultTests(BreakableSystem system, ITestOutputHelper output)
{
    private const int Orders = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static TheoryData<Fault, int> FaultsAndWorkers()
    {
        var all = new TheoryData<Fault, int>();
        foreach (var workers in new[] { 1, 2 })
        {
            foreach (var fault in Enum.GetValues<Fault>())
                all.Add(fault, workers);
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(FaultsAndWorkers))]
    public async Task Every_accepted_order_ends_and_nothing_is_sent_twice_when(Fault fault, int workers)
    {
        await system.RunWorkers(workers);
        var owner = system.NewOwner();
        var crowd = new Crowd(owner, Orders);
        var start = await system.Sandbox.Now();
        var watch = Stopwatch.StartNew();

        var ordering = crowd.OrderEverything();
        await await Task.WhenAny(crowd.InTheMiddle, ordering);
        await system.Happen(fault);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: mended");
        await ordering;
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {crowd.ShipmentOf.Count} accepted, {crowd.Repeated} requests were repeated");

        var recovery = new Recovery(system, owner, Orders, line => output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {line}"));
        await recovery.UntilOnlyUnknownSmsAreOpen(Patience);
        await recovery.EndUnknownSms();

        await EveryShipmentIsCompletedOnce(owner, crowd);
        await InboxHoldsEachMessageOnce(owner, crowd, start);
        await EveryHostIsWell(workers);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: done");
    }

    private async Task EveryHostIsWell(int workers)
    {
        HostProcess[] hosts = [system.Local.Api, .. system.Local.Workers.Take(workers)];
        foreach (var host in hosts)
            await Eventually.Until(host.Name, () => NotificationsDriver.HealthOf(host.Address), health => health is { Status: "Healthy" }, Patience);
    }

    private static async Task EveryShipmentIsCompletedOnce(NotificationsDriver owner, Crowd crowd)
    {
        var feed = await owner.WholeFeed();
        feed.Select(e => e.ShipmentId).ShouldBe(crowd.ShipmentOf.Values, ignoreOrder: true);
        feed.ShouldAllBe(e => e.Status == Shipment.Completed);
    }

    private async Task InboxHoldsEachMessageOnce(NotificationsDriver owner, Crowd crowd, DateTimeOffset start)
    {
        var received = (await system.Sandbox.InboxSince(start)).ToLookup(m => m.To, StringComparer.Ordinal);
        var ledger = await system.Ledger.Of(owner.Creator);
        ledger.Select(line => line.Address).ShouldBe(crowd.ShipmentOf.Keys, ignoreOrder: true, "Each shipment has its one notification.");

        foreach (var line in ledger)
        {
            var count = received[line.Address].Count();
            if (line.Channel == "Email")
                (count, line.State).ShouldBe((1, "Delivered"), $"{line.Address}: {string.Join(", ", line.Outcomes)}");
            else if (line.IsUnknown)
                count.ShouldBeLessThanOrEqualTo(1, line.Address);
            else
                (count, line.State).ShouldBe((1, "Delivered"), $"{line.Address}: {string.Join(", ", line.Outcomes)}");
        }
    }
}
