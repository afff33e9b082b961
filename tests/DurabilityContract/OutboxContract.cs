using MassTransit;
using Notifications.Durability;
using Npgsql;

namespace Notifications.Tests.DurabilityContract;

[Collection(PessimisticServers.Name)]
public sealed class PessimisticOutbox(EngineServers servers) : OutboxContract(servers, DurabilityEngine.Pessimistic);

[Collection(GroupCommitServers.Name)]
public sealed class GroupCommitOutbox(EngineServers servers) : OutboxContract(servers, DurabilityEngine.GroupCommit);

public abstract class OutboxContract(EngineServers servers, DurabilityEngine engine) : ContractTest(servers, engine)
{
    // Nothing listens on the discard port.
    static readonly Uri NoBroker = new("amqp://guest:guest@127.0.0.1:9/");

    [Fact]
    public async Task What_a_crash_left_between_commit_and_publish_is_delivered_by_another_host()
    {
        var crashed = await StartHost(settings => settings with { Broker = NoBroker, Consumes = false, Outbox = options => options.Sweep = false });
        var ids = await PublishWeights(crashed, 20);
        (await Count(crashed, "outbox_message")).ShouldBe(20);

        var host = await StartHost();
        foreach (var id in ids)
            await Eventually.Equals(() => Weight(host, id), 1);

        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
    }

    [Fact]
    public async Task A_message_that_no_queue_took_stays_pending_until_one_does()
    {
        var publisher = await StartHost();
        var id = NewId.NextGuid();
        var unit = publisher.UnitsOfWork.Begin();
        await unit.Publish(new NobodyListens(id));
        await unit.Commit();
        await Eventually.Equals(() => publisher.Scalar<long>("SELECT count(*) FROM outbox_message WHERE attempts > 0"), 1);

        var listener = await StartHost(settings => settings with { Listens = true });

        await Eventually.Equals(() => listener.Scalar<long>("""SELECT count(*) FROM journal WHERE "Key" = $1""", $"listened {id}"), 1);
        await Eventually.Equals(() => Count(listener, "outbox_message"), 0);
    }

    [Fact]
    public async Task While_the_broker_is_down_commits_go_on_and_afterwards_everything_is_delivered()
    {
        var host = await StartHost();
        await Servers.RabbitMq.Kill();
        host.LostItsBroker = true;
        var ids = await PublishWeights(host, 50);
        (await Count(host, "outbox_message")).ShouldBe(50);

        await Servers.StartBrokerAgain();

        // MassTransit may lose the first host's receive endpoints for good when its broker dies; what it sends must still arrive somewhere.
        await StartHost();
        foreach (var id in ids)
            await Eventually.Equals(() => Weight(host, id), 1);

        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
    }

    [Fact]
    public async Task Business_writes_sagas_messages_and_timers_of_a_unit_are_committed_together()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        var token = NewId.NextGuid();
        var unit = host.UnitsOfWork.Begin();
        unit.Enlist(new Statement("""INSERT INTO journal ("Key") VALUES ($1)""", $"unit {id}"));
        unit.Add(new Parcel { CorrelationId = id, CurrentState = "Open", WaitToken = token, CreatedAt = DateTimeOffset.Now });
        await unit.SchedulePublish(DateTimeOffset.Now.AddMilliseconds(200), token, new WaitElapsed(id));
        await unit.Publish(new AddWeight(id, 4));
        await unit.Commit();

        (await Count(host, "journal")).ShouldBe(1);
        await Eventually.Equals(() => host.Scalar<int>("""SELECT "Fired" FROM parcel WHERE "CorrelationId" = $1""", id), 1);
        await Eventually.Equals(() => Weight(host, id), 4);
    }

    [Fact]
    public async Task A_unique_violation_hits_only_the_unit_that_caused_it()
    {
        var host = await StartHost();
        var keys = Enumerable.Range(0, 50).Select(i => $"key {i / 2 * 2}").ToArray();

        var failures = await Task.WhenAll(keys.Select(async key =>
        {
            var unit = host.UnitsOfWork.Begin();
            unit.Enlist(new Statement("""INSERT INTO journal ("Key") VALUES ($1)""", key));
            await unit.Publish(new AddWeight(NewId.NextGuid(), 1));
            return await Record.ExceptionAsync(() => unit.Commit());
        }));

        failures.Count(failure => failure is null).ShouldBe(25);
        failures.OfType<PostgresException>().Count(failure => failure.SqlState == PostgresErrorCodes.UniqueViolation).ShouldBe(25);
        (await Count(host, "journal")).ShouldBe(25);
        await Eventually.Equals(() => Count(host, "parcel"), 25);
    }

    [Fact]
    public async Task Rows_of_many_units_are_written_together_in_the_order_of_each_and_a_failing_one_fails_alone()
    {
        var host = await StartHost();
        await using (var create = host.DataSource.CreateCommand("CREATE TABLE line (id bigint GENERATED ALWAYS AS IDENTITY, unit integer, at timestamptz, note jsonb, UNIQUE (unit, note))"))
            await create.ExecuteNonQueryAsync();
        var line = RowStatement.Insert("line", "unit integer", "at timestamptz", "note jsonb");
        var now = DateTimeOffset.UtcNow;

        var failures = await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            var unit = host.UnitsOfWork.Begin();
            unit.Enlist(line.Of(number, now, """{"n": 1}"""));
            unit.Enlist(line.Of(number, null, null));
            unit.Enlist(new Statement("""INSERT INTO journal ("Key") VALUES ($1)""", $"{number}"));
            unit.Enlist(line.Of(number, now, number % 10 == 0 ? """{"n": 1}""" : """{"n": 3}"""));
            return await Record.ExceptionAsync(() => unit.Commit());
        }));

        failures.Where(failure => failure is not null).Select(failure => failure.ShouldBeOfType<PostgresException>().SqlState).ShouldBe(Enumerable.Repeat(PostgresErrorCodes.UniqueViolation, 10));
        (await Count(host, "journal")).ShouldBe(90);
        (await Count(host, "line")).ShouldBe(270);
        (await host.Scalar<long>(
            "SELECT count(*) FROM (SELECT string_agg(coalesce(note ->> 'n', '-'), ',' ORDER BY id) AS notes FROM line GROUP BY unit) AS units WHERE notes = '1,-,3'")).ShouldBe(90);
    }

    [Fact]
    public async Task A_unit_whose_answer_is_lost_is_committed_once()
    {
        var host = await StartHost();
        await using (var create = host.DataSource.CreateCommand($"""
            CREATE TABLE effect (n int);
            CREATE SEQUENCE attempts;
            CREATE FUNCTION kill_first() RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('attempts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
            END $$;
            """))
            await create.ExecuteNonQueryAsync();

        var unit = host.UnitsOfWork.Begin();
        unit.Enlist(new Statement("INSERT INTO effect VALUES ($1)", 1));
        unit.Enlist(new Statement("SELECT kill_first()"));
        await unit.Commit();

        (await Count(host, "effect")).ShouldBe(1);
    }

    [Fact]
    public async Task Messages_of_a_transaction_are_delivered_only_when_it_commits()
    {
        var host = await StartHost();
        var (kept, dropped) = (NewId.NextGuid(), NewId.NextGuid());
        await using (var transaction = await host.UnitsOfWork.BeginTransaction())
            await transaction.Publish(new AddWeight(dropped, 1));

        await using (var transaction = await host.UnitsOfWork.BeginTransaction())
        {
            await transaction.Publish(new AddWeight(kept, 1));
            await transaction.Commit();
        }

        await Eventually.Equals(() => Weight(host, kept), 1);
        (await Weight(host, dropped)).ShouldBe(-1);
        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
    }

    [Fact]
    public async Task Messages_keep_their_ids_and_headers_on_the_way_through_the_table()
    {
        var crashed = await StartHost(settings => settings with { Broker = NoBroker, Consumes = false, Outbox = options => options.Sweep = false });
        var id = NewId.NextGuid();
        var unit = crashed.UnitsOfWork.Begin();
        await unit.Publish(new AddWeight(id, 1));
        await unit.Commit();
        var stored = await crashed.Scalar<string>("SELECT metadata->>'MessageId' FROM outbox_message");

        var host = await StartHost();
        await Eventually.Equals(() => Weight(host, id), 1);

        (await host.Scalar<long>("SELECT count(*) FROM inbox_message WHERE message_id = $1", Guid.Parse(stored))).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Old_inbox_entries_are_deleted()
    {
        var host = await StartHost(settings => settings with { Outbox = options => options.DuplicateDetectionWindow = TimeSpan.Zero });
        await host.Bus.Publish(new AddWeight(NewId.NextGuid(), 1));
        await Eventually.Equals(() => Count(host, "parcel"), 1);

        await Eventually.Equals(() => Count(host, "inbox_message"), 0);
    }

    static async Task<Guid[]> PublishWeights(ContractHost host, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => NewId.NextGuid()).ToArray();
        await Task.WhenAll(ids.Select(async id =>
        {
            var unit = host.UnitsOfWork.Begin();
            await unit.Publish(new AddWeight(id, 1));
            await unit.Commit();
        }));
        return ids;
    }
}
