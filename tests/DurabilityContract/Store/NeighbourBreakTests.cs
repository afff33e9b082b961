using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class NeighbourBreakTests(ContractServers servers) : StoreTest(servers)
{
    [Fact]
    public async Task Every_hosts_breaks_are_seen_until_they_are_over_or_their_host_is_not_heard_of_any_more()
    {
        await Breaks(Now).Keep(Break("a", Now), CancellationToken.None);
        await Breaks(Now).Keep(Break("b", Now), CancellationToken.None);
        await Breaks(Now).Keep(Break("b", Now.AddSeconds(10)), CancellationToken.None);
        (await Hosts(Now)).ShouldBe(["a", "b"]);

        (await Hosts(Now.AddSeconds(16))).ShouldBe(["b"]);
        await Breaks(Now).End("Register", "b", CancellationToken.None);
        (await Hosts(Now)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task What_a_host_that_is_gone_has_left_behind_is_forgotten_with_the_next_break()
    {
        await Breaks(Now).Keep(Break("gone", Now), CancellationToken.None);
        await Breaks(Now.AddSeconds(10)).Keep(Break("a", Now.AddSeconds(12)), CancellationToken.None);
        (await Hosts(Now)).ShouldBe(["a", "gone"]);

        await Breaks(Now.AddSeconds(16)).Keep(Break("a", Now.AddSeconds(18)), CancellationToken.None);

        (await Hosts(Now)).ShouldBe(["a"]);
    }

    private static NeighbourBreak Break(string host, DateTimeOffset until) => new() { Neighbour = "Register", Host = host, Answer = "it answered 503", Since = Now, Until = until };

    private async Task<IEnumerable<string>> Hosts(DateTimeOffset now) => (await Breaks(now).Current(CancellationToken.None)).Select(b => b.Host);

    private NeighbourBreaks Breaks(DateTimeOffset now) => new(Database, new ClockAt(now));

    private sealed class ClockAt(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
