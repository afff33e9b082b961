using Microsoft.Extensions.Configuration;
using Notifications.Api.Shipments;
using Notifications.Hosting.Settings;

namespace Notifications.Tests.Fast.Api.Shipments;

public sealed class FeedSettingsTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("48000001", 48_000_001)]
    public void The_feed_begins_at_1_or_where_it_is_told_to(string? text, long expected) => Read(text).FirstSequenceNumber.ShouldBe(expected);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("9223372036854775807")]
    public void A_beginning_that_is_none_is_told_by_its_name(string text) => Should.Throw<SettingException>(() => Read(text)).Message.ShouldContain("Feed:FirstSequenceNumber");

    private static FeedSettings Read(string? text) =>
        FeedSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Feed:FirstSequenceNumber", text)]).Build());
}
