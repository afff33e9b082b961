using Notifications.Store;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class AppEventTests(ContractServers servers) : StoreTest(servers)
{
    private const string App = "ttd/form";
    private const string Instance = "501337/0a1b2c3d-0000-4000-8000-000000000001";
    private const string Completed = "app.instance.process.completed";

    private readonly MovingClock _clock = new();

    private AppEvents Events => new(Database, _clock);

    [Fact]
    public async Task An_event_that_comes_again_is_kept_once()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Keep("1")));

        kept.Count(k => k).ShouldBe(1);
        (await Keep("2")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_is_one_hosts_until_its_time_is_up_and_then_only_the_others()
    {
        await Keep("1");
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Events.Take(10, CancellationToken.None)));
        var slow = taken.SelectMany(t => t).ShouldHaveSingleItem();

        _clock.Now += TimeSpan.FromMinutes(1);
        var quick = (await Events.Take(10, CancellationToken.None)).ShouldHaveSingleItem();
        quick.Attempts.ShouldBe(2);
        await Events.Done(slow, CancellationToken.None);
        await Events.Failed(quick, _clock.Now + TimeSpan.FromSeconds(5), "away", CancellationToken.None);

        (await Events.Take(10, CancellationToken.None)).ShouldBeEmpty();
        _clock.Now += TimeSpan.FromSeconds(5);
        var last = (await Events.Take(10, CancellationToken.None)).ShouldHaveSingleItem();
        await Events.Forget(_clock.Now, CancellationToken.None);
        await Events.Done(last, CancellationToken.None);
        (await Keep("1")).ShouldBeFalse();
        await Events.Forget(_clock.Now, CancellationToken.None);
        (await Keep("1")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_ends_the_orders_that_were_made_before_it_happened()
    {
        var (before, after, another) = (await Order(Now.AddSeconds(-1)), await Order(Now.AddSeconds(1)), await Order(Now.AddSeconds(-1), "501337/0a1b2c3d-0000-4000-8000-000000000002"));
        await Keep("1");
        var happened = (await Events.Take(1, CancellationToken.None)).Single();
        var rules = new ReadRules(Database);

        (await rules.StoppedBy(happened, CancellationToken.None)).ShouldBe([before]);
        await Run(OrderStop.Forget(before));
        (await rules.StoppedBy(happened, CancellationToken.None)).ShouldBeEmpty();
        new[] { after, another }.ShouldNotContain(before);
    }

    [Fact]
    public async Task A_step_of_an_instance_is_settled_once()
    {
        var step = new RuleStep { Creator = "ttd", RuleId = "signing", InstanceId = Instance, Step = "created", At = Now, OrderId = Guid.NewGuid() };
        var rules = new ReadRules(Database);
        (await rules.IsSettled(step, CancellationToken.None)).ShouldBeFalse();

        var settled = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await Run((step with { OrderId = Guid.NewGuid() }).Insert());
                return true;
            }
            catch (PostgresException e) when (e.ConstraintName == RuleStep.Key)
            {
                return false;
            }
        }));

        settled.Count(s => s).ShouldBe(1);
        (await rules.IsSettled(step, CancellationToken.None)).ShouldBeTrue();
        (await rules.IsSettled(step with { RuleId = "another" }, CancellationToken.None)).ShouldBeFalse();
    }

    private Task<bool> Keep(string eventId) => Events.Keep(App, eventId, Instance, Completed, Now, CancellationToken.None);

    private async Task<Guid> Order(DateTimeOffset createdAt, string instance = Instance)
    {
        var id = Guid.NewGuid();
        await Run(new("INSERT INTO orders (id, creator, kind, created_at, reminder_policy) VALUES ($1, 'ttd', 'Rule', $2, 'FollowMain')", id, createdAt));
        await Run(new OrderStop { OrderId = id, Event = Completed, App = App, InstanceId = instance }.Insert());
        return id;
    }

    private sealed class MovingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = StoreTest.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
