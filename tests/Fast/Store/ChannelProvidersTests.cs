using Notifications.Store;

namespace Notifications.Tests.Fast.Store;

public sealed class ChannelProvidersTests
{
    [Theory]
    [InlineData(1, 0, 100)]
    [InlineData(3, 1, 75)]
    [InlineData(1, 1, 50)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 100)]
    public void Each_has_its_share_of_the_messages(int first, int second, int percent)
    {
        ProviderAccount[] accounts = [new(Providers.Acs, Channel.Email) { Weight = first }, new(Providers.Smtp, Channel.Email) { Weight = second }];
        var total = ChannelProviders.Total(accounts);

        var taken = Enumerable.Range(0, total).Count(turn => ChannelProviders.Next(accounts, turn) == accounts[0]);

        (taken * 100 / total).ShouldBe(percent);
    }

    [Fact]
    public void The_others_follow_the_one_whose_turn_it_is()
    {
        ProviderAccount[] accounts = [new("a", Channel.Sms) { Weight = 0 }, new("b", Channel.Sms) { Weight = 1 }, new("c", Channel.Sms) { Weight = 5 }];
        var providers = new ChannelProviders(accounts);

        providers.From(accounts[1]).Select(a => a.Name).ShouldBe(["b", "c", "a"]);
        providers.From(accounts[2]).Select(a => a.Name).ShouldBe(["c", "b", "a"]);
        providers.Named(Channel.Sms, Providers.StandIn).ShouldBeNull();
    }
}
