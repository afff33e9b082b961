using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class LookupTests(ContractServers servers) : StoreTest(servers)
{
    [Fact]
    public async Task Lookups_of_a_day_are_kept_up_to_the_quota_however_many_come_at_once()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Take("ttd", 3, Now)));

        taken.Count(t => t).ShouldBe(3);
        (await Take("ttd", 1, Now)).ShouldBeTrue();
        (await Take("ttd", 1, Now)).ShouldBeFalse();
        (await Take("skd", 10, Now)).ShouldBeTrue();
        (await Take("ttd", 10, Now.AddDays(1))).ShouldBeTrue();
    }

    private Task<bool> Take(string creator, int recipients, DateTimeOffset now) =>
        new KeepLookups(Database).Take(creator, LookupKind.Reachability, recipients, since: new DateTimeOffset(now.Date, TimeSpan.Zero), now, quota: 10, CancellationToken.None);
}
