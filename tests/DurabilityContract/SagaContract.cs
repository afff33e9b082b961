using MassTransit;
using Microsoft.EntityFrameworkCore;
using Notifications.Durability;

namespace Notifications.Tests.DurabilityContract;

[Collection(PessimisticServers.Name)]
public sealed class PessimisticSagas(EngineServers servers) : SagaContract(servers, DurabilityEngine.Pessimistic);

[Collection(GroupCommitServers.Name)]
public sealed class GroupCommitSagas(EngineServers servers) : SagaContract(servers, DurabilityEngine.GroupCommit);

public abstract class SagaContract(EngineServers servers, DurabilityEngine engine) : ContractTest(servers, engine)
{
    [Fact]
    public async Task Concurrent_first_messages_make_one_instance_and_lose_nothing()
    {
        var host = await StartHost();
        var ids = NewIds(20);

        await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 8).Select(i => i < 2
            ? host.Bus.Publish(new StartParcel(id, "concurrent"))
            : host.Bus.Publish(new AddWeight(id, 1)))));

        foreach (var id in ids)
        {
            await Eventually.Equals(() => Weight(host, id), 6);
            await Eventually.Equals(() => Weight(host, id, "letter"), 6);
        }

        (await Count(host, "parcel")).ShouldBe(20);
        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
    }

    [Fact]
    public async Task Every_mapped_column_is_written_and_read_back()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        await host.Bus.Publish(new StartParcel(id, "columns"));
        await Eventually.Equals(() => Count(host, "parcel"), 1);
        await host.Bus.Publish(new AddWeight(id, 3));
        await Eventually.Equals(() => Weight(host, id), 3);

        await using var context = new ParcelContext(new DbContextOptionsBuilder<ParcelContext>().UseNpgsql(host.DataSource).Options);
        var parcel = await context.Set<Parcel>().SingleAsync();
        parcel.ShouldSatisfyAllConditions(
            () => parcel.Version.ShouldBe(1),
            () => parcel.CurrentState.ShouldBe("Open"),
            () => parcel.Label.ShouldBe("columns"),
            () => parcel.Colour.ShouldBe(Colour.White),
            () => parcel.Lining.ShouldBeNull(),
            () => parcel.Serial.ShouldBe(long.MaxValue),
            () => parcel.Fragile.ShouldBeTrue(),
            () => parcel.CreatedAt.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5)),
            () => parcel.ClosedAt.ShouldBeNull(),
            () => parcel.Details.ShouldBe("""{"from": "Oslo"}"""),
            () => parcel.Tags.ShouldBe(["a", "b"]));
    }

    [Fact]
    public async Task A_redelivered_message_changes_nothing_and_is_not_skipped()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        var messageId = NewId.NextGuid();
        for (var i = 0; i < 10; i++)
            await host.Bus.Publish(new AddWeight(id, 1), context => context.MessageId = messageId);

        await Eventually.Equals(() => Weight(host, id), 1);
        await host.Bus.Publish(new AddWeight(id, 10));
        await Eventually.Equals(() => Weight(host, id), 11);
        await Eventually.Equals(() => Broker.Depth(Servers, host.Queue), 0u);
        (await Broker.Exists(Servers, host.Queue + "_skipped")).ShouldBeFalse();
        (await Broker.Exists(Servers, host.Queue + "_error")).ShouldBeFalse();
        (await Weight(host, id)).ShouldBe(11);
    }

    [Fact]
    public async Task A_message_that_comes_before_its_saga_waits_for_redelivery_or_starts_it()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        await host.Bus.Publish(new AddWeight(id, 5));
        await host.Bus.Publish(new StartParcel(id, "late"));

        await Eventually.Equals(() => host.Scalar<long>("""SELECT count(*) FROM parcel WHERE "Label" = 'late' AND "Weight" = 5"""), 1);
    }

    [Fact]
    public async Task Correlation_by_expression_finds_the_instance()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        await host.Bus.Publish(new StartParcel(id, "by label"));
        await Eventually.Equals(() => Count(host, "parcel"), 1);

        await host.Bus.Publish(new AddWeightByLabel("by label", 7));

        await Eventually.Equals(() => Weight(host, id), 7);
    }

    [Fact]
    public async Task One_message_for_many_instances_moves_each_of_them_once()
    {
        var host = await StartHost();
        var ids = NewIds(40);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new StartParcel(id, "one of many"))));
        await Eventually.Equals(() => Count(host, "parcel"), 40);

        var messageId = NewId.NextGuid();
        for (var i = 0; i < 5; i++)
            await host.Bus.Publish(new AddWeightToEach([.. ids, ids[0], NewId.NextGuid()], 7), context => context.MessageId = messageId);

        await Eventually.Equals(() => Count(host, "journal"), 40);
        await Eventually.Equals(() => Broker.Depth(Servers, host.Queue), 0u);
        (await Weights(host)).ShouldBe([.. Enumerable.Repeat(7, 40)]);
        (await Count(host, "parcel")).ShouldBe(40);
        (await Count(host, "journal")).ShouldBe(40);
    }

    [Fact]
    public async Task Messages_for_the_same_many_instances_at_once_lose_nothing()
    {
        var host = await StartHost();
        var ids = NewIds(12);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new StartParcel(id, "contended"))));
        await Eventually.Equals(() => Count(host, "parcel"), 12);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => host.Bus.Publish(i % 3 == 0
            ? new AddWeight(ids[i % 12], 1)
            : (object)new AddWeightToEach(i % 2 == 0 ? ids : [.. ids.Reverse()], 1))));

        await Eventually.Equals(async () => (await Weights(host)).Sum(), 20 + (12 * 40));
        await Eventually.Equals(() => Broker.Depth(Servers, host.Queue), 0u);
        (await Broker.Exists(Servers, host.Queue + "_error")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_many_instances_write_for_one_message_is_one_commit()
    {
        var host = await StartHost();
        var ids = NewIds(3);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new StartParcel(id, "all or none"))));
        await Eventually.Equals(() => Count(host, "parcel"), 3);

        await host.Bus.Publish(new AddWeightToEach(ids, 1, """INSERT INTO journal ("Key") VALUES ('only once')"""));

        await Eventually.Equals(() => Broker.Depth(Servers, host.Queue + "_error"), 1u);
        (await Weights(host)).ShouldBe([0, 0, 0]);
        (await Count(host, "journal")).ShouldBe(0);
    }

    [Fact]
    public async Task A_final_instance_is_kept_or_deleted_by_choice()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        await host.Bus.Publish(new AddWeight(id, 1));
        await Eventually.Equals(() => Count(host, "parcel"), 1);
        await Eventually.Equals(() => Count(host, "letter"), 1);

        await host.Bus.Publish(new CloseParcel(id));

        await Eventually.Equals(() => Count(host, "letter"), 0);
        await Eventually.Equals(() => host.Scalar<long>("""SELECT count(*) FROM parcel WHERE "CurrentState" = 'Final'"""), 1);
    }

    [Fact]
    public async Task A_step_that_fails_writes_nothing()
    {
        var host = await StartHost();
        var id = NewId.NextGuid();
        await host.Bus.Publish(new StartParcel(id, "fails"));
        await Eventually.Equals(() => Count(host, "parcel"), 1);

        await host.Bus.Publish(new RunStatement(id, "SELECT 1 / 0::bigint FROM no_such_table"));

        await Eventually.Equals(() => Broker.Depth(Servers, host.Queue + "_error"), 1u);
        (await Weight(host, id)).ShouldBe(0);
        (await Count(host, "journal")).ShouldBe(0);
        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
    }

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    [InlineData("57P01")]
    public async Task A_commit_that_fails_for_a_passing_reason_is_repeated(string sqlState)
    {
        var host = await StartHost();
        var id = await OpenParcel(host);
        await FailFirst(host, $"RAISE EXCEPTION 'passing' USING ERRCODE = '{sqlState}'");

        await host.Bus.Publish(new RunStatement(id, "SELECT fail_first()"));

        await ShouldHaveHappenedOnce(host, id);
    }

    [Fact]
    public async Task A_commit_whose_connection_is_killed_is_repeated()
    {
        var host = await StartHost();
        var id = await OpenParcel(host);
        await FailFirst(host, "PERFORM pg_terminate_backend(pg_backend_pid())");

        await host.Bus.Publish(new RunStatement(id, "SELECT fail_first()"));

        await ShouldHaveHappenedOnce(host, id);
    }

    [Fact]
    public async Task Two_hosts_share_a_queue()
    {
        var hosts = new[] { await StartHost(), await StartHost() };
        var ids = NewIds(10);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => hosts[i % 2].Bus.Publish(new AddWeight(ids[i % 10], 1))));

        foreach (var id in ids)
            await Eventually.Equals(() => Weight(hosts[0], id), 20);
    }

    [Fact]
    public async Task A_restart_of_PostgreSQL_in_the_middle_loses_nothing_and_doubles_nothing()
    {
        var host = await StartHost();
        var ids = NewIds(10);
        await Task.WhenAll(ids.Select(id => host.Bus.Publish(new AddWeight(id, 1))));

        var publishing = Task.WhenAll(Enumerable.Range(0, 300).Select(i => host.Bus.Publish(new AddWeight(ids[i % 10], 1))));
        await Servers.Postgres.Restart();
        await publishing;

        foreach (var id in ids)
            await Eventually.Equals(() => Weight(host, id), 31);

        (await Broker.Exists(Servers, host.Queue + "_error")).ShouldBeFalse();
    }

    static async Task<int[]> Weights(ContractHost host)
    {
        await using var command = host.DataSource.CreateCommand("""SELECT array_agg("Weight") FROM parcel""");
        return (int[])(await command.ExecuteScalarAsync())!;
    }

    static Guid[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => NewId.NextGuid())];

    static async Task<Guid> OpenParcel(ContractHost host)
    {
        var id = NewId.NextGuid();
        await host.Bus.Publish(new StartParcel(id, "open"));
        await Eventually.Equals(() => Count(host, "parcel"), 1);
        return id;
    }

    // A sequence is not rolled back, so the failure comes once.
    static async Task FailFirst(ContractHost host, string failure)
    {
        await using var command = host.DataSource.CreateCommand($"""
            CREATE SEQUENCE attempts;
            CREATE FUNCTION fail_first() RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('attempts') = 1 THEN {failure}; END IF;
            END $$;
            """);
        await command.ExecuteNonQueryAsync();
    }

    static async Task ShouldHaveHappenedOnce(ContractHost host, Guid id)
    {
        await Eventually.Equals(() => Weight(host, id), 1);
        await Eventually.Equals(() => Count(host, "journal"), 1);
        (await host.Scalar<long>("SELECT last_value FROM attempts")).ShouldBe(2);
        await Eventually.Equals(() => Count(host, "outbox_message"), 0);
    }
}
