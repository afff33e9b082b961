using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Providers;

/// <summary>The provider at its published limits: 30 a minute, 100 an hour, and it counts what it refuses.</summary>
[Collection(GuardedSystemTests.Name)]
public sealed class PaceTests(GuardedSystem system)
{
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
            await Eventually.Until($"{total} e-mails", () => system.Ledger.Of(_owner.Creator), ledger => ledger.Count(l => l.Outcomes.Contains("Accepted", StringComparer.Ordinal)) >= total);
            var sent = await system.Sandbox.InboxSince(since);
            sent.Count.ShouldBe(total);
            sent.Select(m => m.To).ShouldBeUnique();
            await system.Sandbox.AdvanceClock(TimeSpan.FromSeconds(63));
        }
        (await system.Sandbox.RefusedEmails()).ShouldBe(0);

        // Room for whatever comes after.
        await system.Sandbox.AdvanceClock(TimeSpan.FromMinutes(61));
    }
}
