using System.Collections.Concurrent;
using MassTransit;
using Notifications.Durability;
using Npgsql;
using Xunit.Abstractions;

namespace Notifications.Tests.DurabilityContract;

[Collection(PessimisticServers.Name)]
public sealed class PessimisticScheduler(EngineServers servers, ITestOutputHelper output)
    : SchedulerContract(servers, DurabilityEngine.Pessimistic, output);

[Collection(GroupCommitServers.Name)]
public sealed class GroupCommitScheduler(EngineServers servers, ITestOutputHelper output)
    : SchedulerContract(servers, DurabilityEngine.GroupCommit, output);

public abstract class SchedulerContract(EngineServers servers, DurabilityEngine engine, ITestOutputHelper output) : ContractTest(servers, engine)
{
    const string Sum = """SELECT coalesce(sum("Fired"), 0)::int FROM parcel""";

    [Fact]
    public async Task Due_timers_fire_exactly_once_with_two_dispatchers()
    {
        var hosts = new[] { await StartHost(), await StartHost() };
        var ids = await OpenParcels(hosts[0], 200);
        var due = DateTimeOffset.UtcNow.AddMilliseconds(500);
        await Task.WhenAll(ids.Select((id, i) => hosts[i % 2].Bus.Publish(new WaitUntil(id, due))));

        await Eventually.Equals(() => hosts[0].Scalar<int>(Sum), 200);
        (await hosts[0].Scalar<int>("""SELECT max("Fired") FROM parcel""")).ShouldBe(1);
        (await Count(hosts[0], "scheduled_message")).ShouldBe(0);
        await Eventually.Equals(() => Count(hosts[0], "outbox_message"), 0);
    }

    [Fact]
    public async Task A_timer_is_cancelled_or_fires_but_never_both_and_never_neither()
    {
        var host = await StartHost();
        var ids = await OpenParcels(host, 100);
        var due = DateTimeOffset.UtcNow.AddMilliseconds(400);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new WaitUntil(id, due))));

        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new StopWaiting(id))));

        // Each has heard both, the one that was told to stop before it waited too.
        await Eventually.Equals(() => host.Scalar<long>("""SELECT count(*) FROM parcel WHERE "Version" >= 2 AND "WaitToken" IS NULL"""), 100);
        (await Count(host, "scheduled_message")).ShouldBe(0);
        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
        await Eventually.Equals(() => Broker.Depth(Servers, host.Queue), 0u);
        (await host.Scalar<long>("""SELECT count(*) FROM parcel WHERE "Fired" > 1""")).ShouldBe(0);
        (await Broker.Exists(Servers, host.Queue + "_error")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_timer_leaves_no_row()
    {
        var host = await StartHost();
        var ids = await OpenParcels(host, 1);
        await host.Bus.Publish(new WaitUntil(ids[0], DateTimeOffset.UtcNow.AddDays(1)));
        await Eventually.Equals(() => Count(host, "scheduled_message"), 1);

        await host.Bus.Publish(new StopWaiting(ids[0]));

        await Eventually.Equals(() => Count(host, "scheduled_message"), 0);
    }

    [Fact]
    public async Task A_jump_of_the_clock_fires_what_has_become_due()
    {
        var clock = new MovableClock();
        var host = await StartHost(settings => settings with { Clock = clock });
        var ids = await OpenParcels(host, 10);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new WaitUntil(id, clock.GetUtcNow().AddDays(7)))));
        await Eventually.Equals(() => Count(host, "scheduled_message"), 10);
        (await host.Scalar<int>(Sum)).ShouldBe(0);

        clock.Advance(TimeSpan.FromDays(8));

        await Eventually.Equals(() => host.Scalar<int>(Sum), 10);
    }

    [Fact]
    public async Task Redelivery_is_scheduled_by_the_workflows_clock()
    {
        var clock = new MovableClock();
        clock.Advance(TimeSpan.FromDays(7));
        var host = await StartHost(settings => settings with { Clock = clock });
        var id = NewId.NextGuid();

        await host.Bus.Publish(new Nudge(id));

        await Eventually.Equals(() => host.Scalar<long>("""SELECT count(*) FROM journal WHERE "Key" = $1""", $"nudged {id}"), 1);
        (await Count(host, "scheduled_message")).ShouldBe(0);
    }

    [Fact]
    public async Task A_crowd_is_offered_to_who_takes_it_over_and_the_rest_fires()
    {
        var clock = new MovableClock();
        var (offered, taken) = (new ConcurrentBag<Guid>(), new ConcurrentBag<Guid>());
        var host = await StartHost(settings => settings with { Clock = clock, Outbox = options => (options.Crowd, options.TakeTimers) = (10, TakeHalf) });
        var ids = await OpenParcels(host, 60);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new WaitUntil(id, clock.GetUtcNow().AddDays(7)))));
        await Eventually.Equals(() => Count(host, "scheduled_message"), 60);

        clock.Advance(TimeSpan.FromDays(8));

        await Eventually.Equals(() => Count(host, "scheduled_message"), 0);
        await Eventually.Equals(() => host.Scalar<int>(Sum), 60 - taken.Count);
        offered.Count.ShouldBe(50);
        taken.Count.ShouldBe(25);
        (await host.Scalar<int>("""SELECT max("Fired") FROM parcel""")).ShouldBe(1);

        Task<IReadOnlyCollection<Guid>> TakeHalf(NpgsqlTransaction transaction, IReadOnlyCollection<Guid> tokens, DateTimeOffset now, CancellationToken ct)
        {
            foreach (var token in tokens)
                offered.Add(token);
            IReadOnlyCollection<Guid> half = [.. tokens.Take(tokens.Count / 2)];
            foreach (var token in half)
                taken.Add(token);
            return Task.FromResult(half);
        }
    }

    [Fact]
    public async Task What_could_not_be_taken_over_fires_later()
    {
        var clock = new MovableClock();
        var failing = true;
        var host = await StartHost(settings => settings with { Clock = clock, Outbox = options => (options.Crowd, options.TakeTimers) = (10, TakeNothing) });
        var ids = await OpenParcels(host, 30);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new WaitUntil(id, clock.GetUtcNow().AddDays(7)))));
        await Eventually.Equals(() => Count(host, "scheduled_message"), 30);

        clock.Advance(TimeSpan.FromDays(8));

        await Eventually.Equals(() => host.Scalar<int>(Sum), 30);
        (await host.Scalar<int>("""SELECT max("Fired") FROM parcel""")).ShouldBe(1);

        Task<IReadOnlyCollection<Guid>> TakeNothing(NpgsqlTransaction transaction, IReadOnlyCollection<Guid> tokens, DateTimeOffset now, CancellationToken ct)
        {
            if (!failing)
                return Task.FromResult<IReadOnlyCollection<Guid>>([]);
            failing = false;
            throw new InvalidOperationException("Once.");
        }
    }

    [Fact]
    public async Task A_timer_outlives_its_host()
    {
        var clock = new MovableClock();
        var first = await StartHost(settings => settings with { Clock = clock });
        var ids = await OpenParcels(first, 1);
        await first.Bus.Publish(new WaitUntil(ids[0], clock.GetUtcNow().AddDays(7)));
        await Eventually.Equals(() => Count(first, "scheduled_message"), 1);
        await Stop(first);

        clock.Advance(TimeSpan.FromDays(8));
        var second = await StartHost(settings => settings with { Clock = clock });

        await Eventually.Equals(() => second.Scalar<int>(Sum), 1);
    }

    [Fact]
    public async Task Lateness_of_timers_is_measured()
    {
        var host = await StartHost(settings => settings with { Listens = true });
        await using var create = host.DataSource.CreateCommand("""
            CREATE TABLE lateness (late interval);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO lateness VALUES (clock_timestamp() - OLD.due_at); RETURN NULL; END $$;
            CREATE TRIGGER fired AFTER DELETE ON scheduled_message FOR EACH ROW EXECUTE FUNCTION note();
            """);
        await create.ExecuteNonQueryAsync();
        for (var i = 0; i < 50; i++)
        {
            var unit = host.UnitsOfWork.Begin();
            await unit.SchedulePublish(DateTimeOffset.UtcNow.AddMilliseconds(300 + (i * 37)), NewId.NextGuid(), new NobodyListens(NewId.NextGuid()));
            await unit.Commit();
        }

        await Eventually.Equals(() => Count(host, "lateness"), 50);
        var median = await host.Scalar<double>("SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM late)) * 1000 FROM lateness");
        var worst = await host.Scalar<decimal>("SELECT max(extract(epoch FROM late)) * 1000 FROM lateness");
        output.WriteLine($"timers were {median:F1} ms late, at worst {worst:F1} ms");
        (await host.Scalar<decimal>("SELECT min(extract(epoch FROM late)) FROM lateness")).ShouldBeGreaterThanOrEqualTo(0);
    }

    static async Task<Guid[]> OpenParcels(ContractHost host, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => NewId.NextGuid()).ToArray();
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new StartParcel(id, "waits"))));
        await Eventually.Equals(() => Count(host, "parcel"), count);
        return ids;
    }
}
