using Notifications.Store;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class FeedTests(ContractServers servers) : StoreTest(servers)
{
    private const int Writers = 20;
    private const int TransactionsEach = 8;
    private const string Owner = "ttd";
    private const string Other = "skd";

    private ReadFeed Feed => new(Database);

    [Fact]
    public async Task Readers_see_every_entry_once_whatever_transactions_do()
    {
        var polls = new Turns();
        var written = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(writer, polls))));

        var readers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Poll(written, polls))));
        var expected = (await written).SelectMany(ids => ids).ToArray();

        readers[0].Select(e => e.Id).ShouldBe(expected, ignoreOrder: true);
        readers[0].Select(e => e.Sequence).ShouldBe(readers[0].Select(e => e.Sequence).Order());
        readers[0].Select(e => e.Sequence).ShouldBeUnique();
        readers[1].ShouldBe(readers[0]);
    }

    [Fact]
    public async Task An_entry_that_is_committed_late_comes_after_those_that_were_read()
    {
        var (early, late) = (await Shipment(), await Shipment());
        await using var slow = await Database.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await Complete(late, slow);
        await Complete(early);

        var first = (await Read(after: 0)).ShouldHaveSingleItem();
        first.Id.ShouldBe(early);
        await transaction.CommitAsync();

        (await Read(after: first.Sequence)).ShouldHaveSingleItem().Id.ShouldBe(late);
    }

    [Fact]
    public async Task What_is_rolled_back_is_never_seen()
    {
        var (kept, undone) = (await Shipment(), await Shipment());
        await using (var connection = await Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await Complete(undone, connection);
            await transaction.RollbackAsync();
        }
        await Complete(kept);

        (await Read(after: 0)).ShouldHaveSingleItem().Id.ShouldBe(kept);
    }

    [Fact]
    public async Task A_shipment_has_one_entry_however_often_it_ends()
    {
        var shipment = await Shipment();
        await Complete(shipment);
        await Complete(shipment);

        (await Read(after: 0)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Pages_go_back_from_the_newest()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await Shipment());
            await Complete(ids[i]);
        }

        var newest = await Read(after: 0, pageSize: 2, descending: true);
        newest.Select(e => e.Id).ShouldBe([ids[4], ids[3]]);
        (await Read(newest[^1].Sequence, pageSize: 5, descending: true)).Select(e => e.Id).ShouldBe([ids[2], ids[1], ids[0]]);
        (await Read(after: 1, descending: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_newest_is_the_newest_also_when_nobody_has_read_for_long()
    {
        await Run(new(
            """
            INSERT INTO status_feed (creator, shipment_id, entry, created_at)
            SELECT $1, gen_random_uuid(), jsonb_build_object('shipmentId', gen_random_uuid()), $2 FROM generate_series(1, 20100)
            """, Owner, Now));
        var newest = await Shipment();
        await Complete(newest);

        (await Read(after: 0, pageSize: 1, descending: true)).ShouldHaveSingleItem().Id.ShouldBe(newest);
    }

    [Fact]
    public async Task Another_creators_entries_are_not_there()
    {
        await Complete(await Shipment(creator: Other));

        (await Read(after: 0)).ShouldBeEmpty();
        (await Read(after: 0, descending: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_feed_begins_where_it_is_told_to_and_never_goes_back()
    {
        await StartAt(5_000_000);
        await Complete(await Shipment());
        (await Read(after: 0)).ShouldHaveSingleItem().Sequence.ShouldBe(5_000_000);

        foreach (var lower in (long[])[1, 5_000_000])
            await StartAt(lower);
        await Complete(await Shipment());
        (await Read(after: 5_000_000)).ShouldHaveSingleItem().Sequence.ShouldBe(5_000_001);
    }

    /// <summary>Some transactions are over at once, others outlast several polls; some hold several entries, as a batch of reports does.</summary>
    private async Task<List<Guid>> Write(int writer, Turns polls)
    {
        var written = new List<Guid>();
        for (var i = 0; i < TransactionsEach; i++)
        {
            var mine = new List<Guid>();
            for (var entries = 1 + (writer + i) % 3; entries > 0; entries--)
                mine.Add(await Shipment());
            var others = await Shipment(creator: Other);

            await using var connection = await Database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var shipment in mine)
            {
                await Complete(shipment, connection);
                await polls.Pass((writer * i + shipment.ToByteArray()[0]) % 4);
            }
            await Complete(others, connection);
            await transaction.CommitAsync();
            written.AddRange(mine);
        }
        return written;
    }

    private async Task<List<(long Sequence, Guid Id)>> Poll(Task written, Turns polls)
    {
        var seen = new List<(long Sequence, Guid Id)>();
        bool isLast;
        IReadOnlyList<(long Sequence, Guid Id)> page;
        do
        {
            isLast = written.IsCompleted;
            page = await Read(after: seen.Count == 0 ? 0 : seen[^1].Sequence, pageSize: 7);
            seen.AddRange(page);
            polls.Next();
        }
        while (!isLast || page.Count > 0);
        return seen;
    }

    private async Task<IReadOnlyList<(long Sequence, Guid Id)>> Read(long after, int pageSize = 500, bool descending = false) =>
        [.. (await Feed.Read(Owner, after, pageSize, descending, CancellationToken.None)).Select(e => (e.Sequence, e.Entry.GetProperty("shipmentId").GetGuid()))];

    private Task Complete(Guid shipment, NpgsqlConnection? within = null) => Run(CompleteShipment.FeedEntry(shipment, "Order_Completed", Now), within);

    private async Task StartAt(long first)
    {
        await using var context = Context(Database);
        await FeedSequence.StartAt(context, first, CancellationToken.None);
    }

    /// <summary>Counts what one does for others who wait for it.</summary>
    private sealed class Turns
    {
        private TaskCompletionSource _next = New();

        public void Next() => Interlocked.Exchange(ref _next, New()).SetResult();

        public async Task Pass(int count)
        {
            for (; count > 0; count--)
                await Volatile.Read(ref _next).Task;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
