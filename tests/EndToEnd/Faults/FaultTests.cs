using System.Diagnostics;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;
using Xunit.Abstractions;

namespace Notifications.Tests.EndToEnd.Faults;

/// <summary>What is promised whatever dies: every accepted order ends, an e-mail comes exactly once, an SMS at most once.</summary>
[Collection(BreakableSystemTests.Name)]
public sealed class FaultTests(BreakableSystem system, ITestOutputHelper output)
{
    private const int Orders = 500;
    private static readonly TimeSpan OnItsOwn = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AfterJump = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestPatienceOfTheService = TimeSpan.FromSeconds(61);

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
        await crowd.InTheMiddle;
        await system.Happen(fault);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: mended");
        await ordering;
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {crowd.ShipmentOf.Count} accepted, {crowd.Repeated} requests were repeated");

        var completions = new Completions(owner);
        await UntilOnlyUnknownSmsAreLeft(completions, watch);
        var unknown = await EndWhatIsLeft(completions);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: all final, {unknown} were SMS of unknown outcome");

        await EveryShipmentIsCompletedOnce(owner, crowd);
        await InboxHoldsEachMessageOnce(owner, crowd, start);
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: done");
    }

    /// <summary>The service drives again what stands still after at most a minute; the clock is moved by that minute instead of waiting for it.</summary>
    private async Task UntilOnlyUnknownSmsAreLeft(Completions completions, Stopwatch watch)
    {
        async Task<bool> OnlyUnknown() => await completions.Left(Orders) == 0 || await completions.Left(Orders) == await UnknownAndOpen(completions.Owner);

        var done = await Eventually.Does(OnlyUnknown, OnItsOwn);
        for (var jumps = 0; !done && jumps < 5; jumps++)
        {
            output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {await completions.Left(Orders)} left, moving the clock");
            await system.Sandbox.AdvanceClock(LongestPatienceOfTheService);
            done = await Eventually.Does(OnlyUnknown, AfterJump);
        }
        if (!done)
            (await Describe(completions)).ShouldBeEmpty("These stand still.");
    }

    private async Task<int> UnknownAndOpen(NotificationsDriver owner) =>
        (await system.Ledger.Of(owner.Creator)).Count(line => line is { Channel: "Sms", State: "Sending", IsUnknown: true });

    private async Task<int> EndWhatIsLeft(Completions completions)
    {
        var left = await completions.Left(Orders);
        if (left == 0)
            return 0;
        await system.Sandbox.AdvanceClock(TimeSpan.FromHours(48));
        await Eventually.Until("The end of the SMS of unknown outcome", () => completions.Left(Orders), l => l == 0);
        return left;
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

    private async Task<IReadOnlyList<string>> Describe(Completions completions)
    {
        var ended = completions.Seen;
        return [.. (await system.Ledger.Of(completions.Owner.Creator)).Where(line => !ended.Contains(line.ShipmentId)).Take(20)
            .Select(line => $"{line.ShipmentId} {line.Channel} {line.State} [{string.Join(", ", line.Outcomes)}]")];
    }
}
