using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>The provider at its published limits: 30 a minute, 100 an hour, and it counts what it refuses. Nobody else sends by this account.</summary>
[Collection(PaceTests.Name)]
public sealed class PaceTests(PacedSystem system)
{
    public const string Name = "A system whose account is paced";

    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task A_backlog_leaves_exactly_at_the_limit_and_no_call_is_refused()
    {
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(61));
        var since = await system.Sandbox.Now();
        await Task.WhenAll(Enumerable.Range(0, 70).Select(i => _owner.OrderEmail($"{_owner.Creator}.{i}@example.no")));

        foreach (var total in new[] { 30, 60, 70 })
        {
            // Settled too, so that the clock is not moved over a call.
            await Taken(_owner.Creator, total);
            var sent = await system.Sandbox.InboxSince(since);
            sent.Count.ShouldBe(total);
            sent.Select(m => m.To).ShouldBeUnique();
            await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(63));
        }
        (await system.Sandbox.RefusedEmails()).ShouldBe(0);
    }

    [Fact]
    public async Task A_creator_that_has_used_up_its_share_waits_for_its_turns_and_nobody_waits_behind_it()
    {
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(61));
        var patient = system.Owner("patient");
        var orders = new List<AcceptedOrder>();
        for (var i = 0; i < 3; i++)
            orders.Add(await patient.OrderEmail($"patient.{i}@example.no"));
        await _owner.OrderEmail("behind@example.no");

        await Taken(_owner.Creator, 1);
        await Taken(patient.Creator, 1);
        await Eventually.Until("The turns of two", () => Task.WhenAll(orders.Select(o => patient.Get($"shipment/{o.ShipmentId}/explain?language=en"))), told => told.Count(t => $"{t.Body}".Contains("waits for its turn")) == 2);
        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(61));
        await Taken(patient.Creator, 2);
        await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(61));
        await Taken(patient.Creator, 3);
    }

    /// <summary>So many of the creator's messages, and no more.</summary>
    private async Task Taken(string creator, int count) =>
        (await Eventually.Until($"{count} e-mails of {creator}", () => Accepted(creator), accepted => accepted >= count)).ShouldBe(count);

    private async Task<int> Accepted(string creator) => (await system.Ledger.Of(creator)).Count(l => l.Outcomes.Contains("Accepted", StringComparer.Ordinal));
}

[CollectionDefinition(PaceTests.Name)]
public sealed class PacedSystemTests : ICollectionFixture<PacedSystem>;
