using MassTransit.Events;
using Notifications.Hosting;

namespace Notifications.Tests.Fast.Hosting;

public sealed class BrokerConnectionsTests
{
    private static readonly Uri Email = new("rabbitmq://localhost/email");
    private static readonly Uri Sms = new("rabbitmq://localhost/sms");
    private readonly BrokerConnections _connections = new();

    [Fact]
    public async Task Endpoint_that_has_not_come_over_to_the_latest_connection_is_left_behind()
    {
        _connections.Renew();
        await Ready(Email);
        await Ready(Sms);
        _connections.LeftBehind(Email).ShouldBeFalse();

        _connections.Renew();
        await Ready(Email);

        _connections.LeftBehind(Email).ShouldBeFalse();
        _connections.LeftBehind(Sms).ShouldBeTrue();
    }

    [Fact]
    public async Task Endpoint_that_was_never_started_is_not_left_behind()
    {
        _connections.Renew();
        await Ready(Email, isStarted: false);

        _connections.Renew();

        _connections.LeftBehind(Email).ShouldBeFalse();
        _connections.LeftBehind(Sms).ShouldBeFalse();
    }

    private Task Ready(Uri endpoint, bool isStarted = true) => _connections.Ready(new ReceiveEndpointReadyEvent(endpoint, null!, isStarted));
}
