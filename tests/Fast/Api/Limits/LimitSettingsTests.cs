using Microsoft.Extensions.Configuration;
using Notifications.Api.Limits;
using Notifications.Hosting.Settings;

namespace Notifications.Tests.Fast.Api.Limits;

public sealed class LimitSettingsTests
{
    [Fact]
    public void Nothing_is_limited_unless_it_is_said() => Read().Of("ttd").ShouldBe(CreatorLimit.None);

    [Fact]
    public void A_creator_of_its_own_takes_the_rest_from_everyone()
    {
        var settings = Read(("Limits:RequestsPerSecond", "50"), ("Limits:OrdersPerDay", "1000"), ("Limits:Creators:skd:OrdersPerDay", "5000000"));

        settings.Of("ttd").ShouldBe(new CreatorLimit(50, 1000));
        settings.Of("skd").ShouldBe(new CreatorLimit(50, 5_000_000));
    }

    [Theory]
    [InlineData("Limits:RequestsPerSecond", "0")]
    [InlineData("Limits:RequestBytes", "-1")]
    [InlineData("Limits:Creators:skd:OrdersPerDay", "many")]
    public void A_limit_that_is_none_is_told_by_its_name(string name, string value) =>
        Should.Throw<SettingException>(() => Read((name, value))).Message.ShouldContain(name);

    private static LimitSettings Read(params (string Name, string Value)[] settings) =>
        LimitSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());
}
