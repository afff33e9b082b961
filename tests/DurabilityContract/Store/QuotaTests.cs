using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class QuotaTests(ContractServers servers) : StoreTest(servers)
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private ReserveOrders Orders => new(Database);

    [Fact]
    public async Task What_is_taken_ends_at_the_quota()
    {
        (await Take("ttd", 4)).ShouldBe(4);
        (await Take("ttd", 4)).ShouldBe(4);
        (await Take("ttd", 4)).ShouldBe(2);
        (await Take("ttd", 4)).ShouldBe(0);
    }

    [Fact]
    public async Task Hosts_that_take_at_the_same_time_never_take_more() =>
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Take("ttd", 3)))).Sum().ShouldBe(10);

    [Fact]
    public async Task Every_creator_and_every_day_has_its_own()
    {
        await Take("ttd", 10);

        (await Take("skd", 10)).ShouldBe(10);
        (await Orders.Reserve("ttd", Today.AddDays(1), 10, 10, CancellationToken.None)).ShouldBe(10);
        (await Orders.Reserve("ttd", Today, 10, 15, CancellationToken.None)).ShouldBe(5, "A quota that was raised counts at once.");
    }

    private Task<int> Take(string creator, int wanted) => Orders.Reserve(creator, Today, wanted, 10, CancellationToken.None);
}
