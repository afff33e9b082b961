using MassTransit;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>The lines of those who ordered much at once.</summary>
public sealed class BacklogTests(ContractServers servers) : StoreTest(servers)
{
    private readonly Dictionary<Guid, string> _creatorOf = [];

    private Backlogs Lines => new(Database, new StandingClock());

    [Fact]
    public async Task Every_creator_has_the_same_share_whoever_came_first()
    {
        var first = await Line("skd", 90);
        await Line("ttd", 5);
        var third = await Line("brg", 40);

        var admitted = await Admit(30);

        admitted.CountBy(id => _creatorOf[id], StringComparer.Ordinal).ShouldBe([new("skd", 10), new("ttd", 5), new("brg", 10)], ignoreOrder: true);
        admitted.Where(id => _creatorOf[id] == "skd").ShouldBe(first[..10], ignoreOrder: true);
        (await Admit(30)).Where(id => _creatorOf[id] == "brg").ShouldBe(third[10..25], ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_is_passed_over_because_there_are_many()
    {
        for (var creator = 0; creator < 20; creator++)
            await Line($"creator-{creator}", 2);

        (await Admit(10)).DistinctBy(id => _creatorOf[id], StringComparer.Ordinal).Count().ShouldBe(20);
        (await Admit(10)).Count.ShouldBe(20);
        (await Admit(10)).ShouldBeEmpty();
        (await Lines.HasAny(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_workers_admit_everything_once()
    {
        var all = (await Line("ttd", 200)).Concat(await Line("skd", 100)).ToArray();

        var admitted = new List<Guid>();
        while (await Lines.HasAny(CancellationToken.None))
            admitted.AddRange((await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Admit(16)))).SelectMany(ids => ids));

        admitted.ShouldBe(all, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_admitted_is_on_its_way_until_its_messages_are_with_the_provider()
    {
        var waiting = await Shipment(state: "Scheduled");
        var looking = await Shipment(state: "ResolvingRecipients");
        var leaving = await Shipment(state: "Sending");
        await Notifications(Channel.Email, 1, leaving);
        var left = await Shipment(state: "Sending");
        await Claim(Channel.Email, await Notifications(Channel.Email, 1, left));
        var done = await Shipment(state: "Completed");

        (await Lines.OnTheirWay([waiting, looking, leaving, left, done], CancellationToken.None)).ShouldBe([waiting, looking, leaving], ignoreOrder: true);
    }

    [Fact]
    public async Task What_waits_for_its_window_holds_nobody_up()
    {
        var tomorrow = await Shipment(state: "Sending");
        var night = await Notifications(Channel.Sms, 1, tomorrow);
        await Run(new Statement("UPDATE notifications SET hand_off_from = $2 WHERE id = $1", night[0], Now.AddHours(10)));

        (await Lines.OnTheirWay([tomorrow], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_admitted_is_driven_again_when_its_start_is_lost()
    {
        var shipment = await Shipment(state: "Scheduled");
        await Run(new Statement("UPDATE order_state SET stands_until = $2 WHERE correlation_id = $1", shipment, Now.AddHours(1)));
        await Run(Backlogs.Join("ttd", shipment));
        (await StandingAt(Now.AddMinutes(1))).ShouldBeEmpty();

        (await Admit(10)).ShouldBe([shipment]);

        (await StandingAt(Now.AddSeconds(29))).ShouldBeEmpty();
        (await StandingAt(Now.AddSeconds(31))).ShouldBe([shipment]);
    }

    [Fact]
    public async Task Of_many_that_are_due_at_once_a_creators_campaign_joins_its_line_and_single_ones_go_straight()
    {
        var campaign = await Due("ttd", 30);
        var single = await Due("skd", 1);
        var moved = await Due("ttd", 1);
        await Run(new Statement("UPDATE order_state SET send_time_token_id = gen_random_uuid() WHERE correlation_id = $1", moved[0]));
        var cancelled = await Due("ttd", 1);
        await Run(new Statement("UPDATE order_state SET current_state = 'Cancelled' WHERE correlation_id = $1", cancelled[0]));

        var taken = await Committed(transaction => Backlogs.TakeOver(transaction, [.. campaign, .. single, .. moved, .. cancelled], Now, CancellationToken.None));

        taken.ShouldBe(campaign, ignoreOrder: true);
        (await StandingAt(Now.AddMinutes(59))).ShouldNotContain(id => campaign.Contains(id));
        (await Admit(100)).ShouldBe(campaign, ignoreOrder: true);
    }

    [Fact]
    public async Task What_somebody_else_has_in_hand_is_not_waited_for()
    {
        var campaign = await Due("ttd", 30);
        await using var connection = await Database.OpenConnectionAsync();
        await using var cancelling = await connection.BeginTransactionAsync();
        await Run(new Statement("SELECT FROM order_state WHERE correlation_id = $1 FOR UPDATE", campaign[0]), connection);

        (await Committed(transaction => Backlogs.TakeOver(transaction, campaign, Now, CancellationToken.None))).ShouldBe(campaign[1..], ignoreOrder: true);
    }

    /// <summary>Shipments whose timers have their ids.</summary>
    private async Task<Guid[]> Due(string creator, int count)
    {
        var ids = new Guid[count];
        for (var i = 0; i < count; i++)
            ids[i] = await Shipment(state: "Scheduled", creator: creator);
        await Run(new Statement("UPDATE order_state SET send_time_token_id = correlation_id, stands_until = $2 WHERE correlation_id = ANY ($1)", ids, Now.AddSeconds(30)));
        return ids;
    }

    private async Task<IEnumerable<Guid>> StandingAt(DateTimeOffset time) =>
        (await Committed(transaction => Reconcile.StandingStill(transaction, time, CancellationToken.None))).Select(standing => standing.Id);

    private async Task<Guid[]> Line(string creator, int length)
    {
        var ids = NewId.NextGuid(length);
        foreach (var id in ids)
        {
            _creatorOf[id] = creator;
            await Run(Backlogs.Join(creator, id));
        }
        return ids;
    }

    private Task<IReadOnlyList<Guid>> Admit(int most) => Committed(transaction => Lines.Admit(transaction, most, CancellationToken.None));
}
