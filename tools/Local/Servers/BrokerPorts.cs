namespace Notifications.Local;

internal sealed record BrokerPorts(int Amqp, int Distribution, int PortMapper)
{
    public static BrokerPorts Pick(PortWish amqp) =>
        new(amqp.Choose(), FreePort.Next(), FreePort.Next());

    public bool IsAnyTaken() =>
        new[] { Amqp, Distribution, PortMapper }.Any(port => !FreePort.IsFree(port));
}
