using System.Net.Sockets;
using System.Text;
using Notifications.Tests.EndToEnd.Driving;
using Notifications.Tests.EndToEnd.Systems;

namespace Notifications.Tests.EndToEnd.Orders;

[Collection(SharedSystemTests.Name)]
public sealed class BadInputTests(SharedSystem system)
{
    private readonly NotificationsDriver _owner = system.NewOwner();

    [Theory]
    [InlineData("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nno number\r\n", 400)]
    public async Task Request_that_cannot_be_read_is_the_clients_fault(string rest, int status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", system.Local.ApiUrl.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /notifications/api/v1/future/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {await system.Sandbox.Token(_owner.Creator)}\r\nContent-Type: application/json\r\n{rest}"));

        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync()).ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task Text_with_code_points_that_are_no_characters_is_sent() =>
        await _owner.UntilCompleted((await _owner.OrderSms("+4799999999", "a\uFFFEb")).ShipmentId);
}
