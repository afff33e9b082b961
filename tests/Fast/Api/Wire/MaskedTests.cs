using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.Wire;

public sealed class MaskedTests
{
    [Theory]
    [InlineData(nameof(Channel.Email), "ola.nordmann@example.no", "o***@e***.no")]
    [InlineData(nameof(Channel.Email), "a@b.no", "a***@b***.no")]
    [InlineData(nameof(Channel.Email), "@b.no", "***")]
    [InlineData(nameof(Channel.Email), "a@b", "***")]
    [InlineData(nameof(Channel.Email), "a.b@c", "***")]
    [InlineData(nameof(Channel.Email), "a@.no", "***")]
    [InlineData(nameof(Channel.Sms), "+4799999912", "+47***12")]
    [InlineData(nameof(Channel.Sms), "99999", "***")]
    public void An_address_is_known_again_and_not_told(string channel, string address, string expected) => Masked.Of(Channel.Named(channel), address).ShouldBe(expected);

    [Theory]
    [InlineData("ola.nordmann@example.no", "o***@example.no")]
    [InlineData("@b.no", "***")]
    [InlineData("+4799999912", "+47***12")]
    [InlineData("999999", "***")]
    [InlineData("", "")]
    public void An_address_with_its_domain_tells_nothing_more(string address, string expected) => Masked.WithDomain(address).ShouldBe(expected);
}
