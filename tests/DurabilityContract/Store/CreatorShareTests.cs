using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>What one creator may have of an account, with many workers on the database.</summary>
public sealed class CreatorShareTests(ContractServers servers) : StoreTest(servers)
{
    /// <summary>Sixty a minute, and eleven at once.</summary>
    private static readonly CreatorShares Everyone = new(new CreatorShare(60), new Dictionary<string, CreatorShare>(StringComparer.Ordinal));

    [Fact]
    public async Task Many_workers_together_claim_a_creators_share_and_no_more()
    {
        var ids = await Of("ttd", 40);

        var claimed = await Task.WhenAll(ids.Chunk(8).Select(chunk => Claimed(Now, chunk)));

        claimed.Sum(c => c.Length).ShouldBe(11);
        claimed.SelectMany(c => c).ShouldBeUnique();
        (await Claimed(Now, await Of("ttd", 5))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_creators_messages_in_the_same_queue_go_on()
    {
        var (theirs, others) = (await Of("ttd", 40), await Of("skd", 5));

        (await Claimed(Now, [.. theirs, .. others])).Intersect(others).ShouldBe(others, ignoreOrder: true);
        (await Claimed(Now, [.. theirs, .. await Of("brg", 1)])).Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_beyond_the_share_is_driven_at_its_turn_and_not_before()
    {
        var ids = await Of("ttd", 40);
        await Claimed(Now, ids);
        await new ClaimNotifications(Database, new ClockAt(Now)).GoAhead(Channel.Email, Providers.Acs, ids, CancellationToken.None);

        (await Due(Now)).ShouldBeEmpty();
        (await Due(Now.AddSeconds(3))).Length.ShouldBe(3);
        (await Due(Now.AddSeconds(30))).Length.ShouldBe(26);
    }

    [Fact]
    public async Task A_backlog_leaves_evenly_in_its_order_and_newcomers_stand_behind_it()
    {
        var ids = await Of("ttd", 25);
        var left = (await Claimed(Now, ids)).ToList();
        var newcomers = await Of("ttd", 3);
        for (var second = 1; second <= 17; second++)
        {
            if (second <= 3)
                await Claimed(Now.AddSeconds(second), newcomers[second - 1]);
            var due = await Due(Now.AddSeconds(second));
            due.Length.ShouldBe(1);
            left.AddRange(await Claimed(Now.AddSeconds(second), due));
        }

        left.Count.ShouldBe(28);
        left[..25].ShouldBe(ids, ignoreOrder: true);
        left[25..].ShouldBe(newcomers);
    }

    [Fact]
    public async Task What_could_not_leave_at_its_turn_gets_another_one()
    {
        var ids = await Of("ttd", 40);
        await Claimed(Now, ids);

        var late = Now.AddMinutes(10);
        (await Claimed(late, await Due(late))).Length.ShouldBe(11);
        (await Due(late)).ShouldBeEmpty();
        (await Claimed(late.AddSeconds(20), await Due(late.AddSeconds(20)))).Length.ShouldBe(11);
        (await Claimed(late.AddSeconds(40), await Due(late.AddSeconds(40)))).Length.ShouldBe(7);
    }

    [Fact]
    public async Task One_goes_ahead_when_a_pause_is_over_though_all_have_their_turns_to_come()
    {
        var ids = await Of("ttd", 40);
        await Claimed(Now, ids);
        await new ProviderPauses(Database, new ClockAt(Now)).Pause(
            Providers.Acs, ProviderPause.Everybody, PauseCause.Unavailable, "500", wentAhead: false, TimeSpan.FromMilliseconds(1), CancellationToken.None);

        (await Claimed(Now.AddSeconds(3), ids)).ShouldBeEmpty();
        (await new ClaimNotifications(Database, new ClockAt(Now.AddSeconds(3))).GoAhead(Channel.Email, Providers.Acs, ids, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_creator_has_the_share_that_is_set_for_it_at_each_account()
    {
        var shares = new CreatorShares(everyone: null, new Dictionary<string, CreatorShare>(StringComparer.Ordinal) { ["ttd"] = new(6) });
        var (theirs, others) = (await Of("ttd", 5), await Of("skd", 50));

        (await Claimed(Now, [.. theirs, .. others], shares)).Length.ShouldBe(52);
        (await Claimed(Now, theirs, shares, Providers.Smtp)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Both_the_account_and_the_creator_are_counted()
    {
        var account = new ProviderAccount(Providers.Acs, Channel.Email) { Pace = new Pace(new CallLimit(12, TimeSpan.FromMinutes(1))), Shares = Everyone };
        var (first, second) = (await Of("ttd", 20), await Of("skd", 20));

        var claimed = await new ClaimNotifications(Database, new ClockAt(Now)).ClaimPaced(account, first, CancellationToken.None);
        var others = await new ClaimNotifications(Database, new ClockAt(Now)).ClaimPaced(account, second, CancellationToken.None);

        (claimed.Count, others.Count).ShouldBe((11, 1));
    }

    private async Task<Guid[]> Of(string creator, int count) => await Notifications(Channel.Email, count, await Shipment(creator: creator));

    private Task<Guid[]> Claimed(DateTimeOffset now, params Guid[] ids) => Claimed(now, ids, Everyone);

    private async Task<Guid[]> Claimed(DateTimeOffset now, Guid[] ids, CreatorShares shares, string provider = Providers.Acs) =>
        [.. (await new ClaimNotifications(Database, new ClockAt(now)).ClaimPaced(new ProviderAccount(provider, Channel.Email) { Shares = shares }, ids, CancellationToken.None)).Select(c => c.Id)];

    /// <summary>Those that the reconciler finds, of which each is looked at again half a minute later at the earliest.</summary>
    private async Task<Guid[]> Due(DateTimeOffset now) => [.. (await Committed(transaction => Reconcile.DueForHandOff(
        transaction, Channel.Email, [Providers.Acs, Providers.Smtp], Reconcile.BatchSize, now, CancellationToken.None))).Select(due => due.Id)];

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
