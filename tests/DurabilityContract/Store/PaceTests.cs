using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>A provider that takes only so many calls, with many workers on the database.</summary>
public sealed class PaceTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly Pace Limited = new(new CallLimit(30, TimeSpan.FromMinutes(1)));

    [Fact]
    public async Task Many_workers_together_claim_what_the_provider_takes_and_no_more()
    {
        var ids = await Notifications(Channel.Email, 100);

        var claimed = await Task.WhenAll(ids.Chunk(10).Select(chunk => Paced(Now, chunk)));

        claimed.Sum(c => c.Count).ShouldBe(30);
        claimed.SelectMany(c => c).Select(c => c.Id).ShouldBeUnique();
        (await Free(Now)).ShouldBe(0);
        (await Paced(Now.AddSeconds(62), ids)).Count.ShouldBe(30);
    }

    [Fact]
    public async Task What_cannot_be_claimed_uses_up_nothing()
    {
        var ids = await Notifications(Channel.Email, 5);
        await Paced(Now, ids);

        (await Paced(Now, ids)).ShouldBeEmpty();

        (await Free(Now)).ShouldBe(25);
    }

    [Fact]
    public async Task What_waits_for_its_place_is_driven_no_faster_than_there_are_places()
    {
        var ids = await Notifications(Channel.Email, 50);
        await new ClaimNotifications(Database, new StandingClock()).WaitForPace(Channel.Email, ids, CancellationToken.None);

        (await Committed(transaction => Reconcile.DueForHandOff(transaction, Channel.Email, [Providers.Acs], 7, Now, CancellationToken.None))).Count.ShouldBe(7);
        (await Committed(transaction => Reconcile.DueForHandOff(transaction, Channel.Email, [Providers.Acs], 0, Now, CancellationToken.None))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_that_somebody_waits_for_are_counted_and_others_give_way()
    {
        for (var i = 0; i < 20; i++)
            await new ProviderCalls(Database, new StandingClock()).Count(Providers.Acs, Limited, 2, CancellationToken.None);

        (await Paced(Now, await Notifications(Channel.Email, 5))).ShouldBeEmpty();
    }

    private Task<IReadOnlyList<ClaimedNotification>> Paced(DateTimeOffset now, Guid[] ids) =>
        new ClaimNotifications(Database, new ClockAt(now)).ClaimPaced(new ProviderAccount(Providers.Acs, Channel.Email) { Pace = Limited }, ids, CancellationToken.None);

    private Task<int> Free(DateTimeOffset now) => new ProviderCalls(Database, new ClockAt(now)).Free(Providers.Acs, Limited, CancellationToken.None);

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
