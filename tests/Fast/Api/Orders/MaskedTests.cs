using Notifications.Api.Foresight;
using Notifications.Store;

namespace Notifications.Tests.Fast.Api.Orders;

public sealed class MaskedTests
{
    [Theory]
    [InlineData(Channel.Email, "ola.nordmann@example.no", "o***@e***.no")]
    [InlineData(Channel.Email, "a@b.no", "a***@b***.no")]
    [InlineData(Channel.Email, "@b.no", "***")]
    [InlineData(Channel.Email, "a@b", "***")]
    [InlineData(Channel.Email, "a.b@c", "***")]
    [InlineData(Channel.Email, "a@.no", "***")]
    [InlineData(Channel.Sms, "+4799999912", "+47***12")]
    [InlineData(Channel.Sms, "99999", "***")]
    public void An_address_is_known_again_and_not_told(Channel channel, string address, string expected) => Masked.Of(channel, address).ShouldBe(expected);
}
