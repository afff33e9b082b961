using System.Net;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class FeedTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Fact]
    public async Task Feed_shows_each_completed_shipment_once_and_pages_by_its_cursor()
    {
        var orders = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => _owner.OrderEmail($"{_owner.Creator}.{i}@example.no")));
        foreach (var order in orders)
            await _owner.UntilCompleted(order.ShipmentId);

        var feed = await _owner.WholeFeed(pageSize: 7);
        feed.Select(e => e.ShipmentId).ShouldBe(orders.Select(o => o.ShipmentId), ignoreOrder: true);
        feed.Select(e => e.SequenceNumber).ShouldBeInOrder(SortDirection.Ascending);
        feed.ShouldAllBe(e => e.Status == Shipment.Completed && e.ShipmentType == "Notification");
        feed.SelectMany(e => e.Recipients).Select(r => r.Status).ShouldBe(Enumerable.Repeat("Email_Delivered", orders.Length));
    }

    [Fact]
    public async Task Feed_goes_on_where_its_reader_stopped()
    {
        var first = await _owner.OrderEmail($"{_owner.Creator}.first@example.no");
        await _owner.UntilCompleted(first.ShipmentId);
        var cursor = (await _owner.WholeFeed()).ShouldHaveSingleItem().SequenceNumber;

        var second = await _owner.OrderEmail($"{_owner.Creator}.second@example.no");
        await _owner.UntilCompleted(second.ShipmentId);
        (await _owner.Feed(cursor)).ShouldHaveSingleItem().ShipmentId.ShouldBe(second.ShipmentId);
    }

    [Fact]
    public async Task Shipment_that_waits_is_not_in_the_feed()
    {
        var order = await _owner.Accept(Order.Email("later@example.no").At(await system.Sandbox.Now() + TimeSpan.FromDays(400)));

        (await _owner.Shipment(order.ShipmentId)).Status.ShouldBe(Shipment.Registered);
        (await _owner.WholeFeed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Feed_is_read_back_from_its_newest_entry()
    {
        await system.Ledger.AddToFeed(_owner.Creator, 5);
        var all = await Sequences("");

        all.Count.ShouldBe(5);
        (await Sequences("orderBy=desc&pageSize=2")).ShouldBe([all[4], all[3]]);
        (await Sequences($"orderBy=DESC&seq={all[3]}&PageSize=2")).ShouldBe([all[2], all[1]]);
        (await Sequences($"orderby=Asc&seq={all[3]}")).ShouldBe([all[4]]);
    }

    [Theory]
    [InlineData("", 500)]
    [InlineData("pageSize=1000000", 500)]
    [InlineData("pageSize=499", 499)]
    [InlineData("pageSize=0", 1)]
    [InlineData("pageSize=-3", 1)]
    public async Task Page_has_1_to_500_entries(string query, int expected)
    {
        await system.Ledger.AddToFeed(_owner.Creator, 501);

        (await Sequences(query)).Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData("seq=-1", "Seq")]
    [InlineData("seq=x", "Seq")]
    [InlineData("seq=9223372036854775808", "Seq")]
    [InlineData("pageSize=x", "PageSize")]
    [InlineData("orderBy=Up", "OrderBy")]
    public async Task Wrong_parameter_of_the_feed_is_named(string query, string field)
    {
        var answer = await _owner.Get($"shipment/feed?{query}");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Errors().ShouldBe([field]);
    }

    private async Task<IReadOnlyList<long>> Sequences(string query) =>
        [.. (await _owner.Get($"shipment/feed?{query}")).Body.EnumerateArray().Select(e => e.GetProperty("sequenceNumber").GetInt64())];
}
