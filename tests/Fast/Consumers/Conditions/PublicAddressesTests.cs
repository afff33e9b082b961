using System.Net;
using Notifications.Consumers.Conditions;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Conditions;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.128.0.1")]
    [InlineData("2a01:799:1234::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void A_public_address_is_asked(string address) => new PublicAddresses(allowLoopback: false).IsAllowed(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::")]
    public void No_address_inside_any_network_is_asked(string address) => new PublicAddresses(allowLoopback: false).IsAllowed(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    public void A_sandbox_may_ask_itself_and_nobody_inside(string address, bool isAllowed) =>
        new PublicAddresses(allowLoopback: true).IsAllowed(IPAddress.Parse(address)).ShouldBe(isAllowed);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task A_connection_is_refused_by_what_its_name_resolves_to(string host)
    {
        using var handler = new SocketsHttpHandler { ConnectCallback = new PublicAddresses(allowLoopback: false).Connect };
        using var http = new HttpClient(handler);

        var refused = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://{host}:9/")));

        refused.ToString().ShouldContain("The host has no public address.");
    }
}
