namespace Notifications.Local;

internal sealed record BrokerPorts(int Amqp, int Distribution, int PortMapper, int? Management)
{
    public static BrokerPorts Pick(PortWish amqp, bool management) =>
        new(amqp.Choose(), FreePort.Next(), FreePort.Next(), management ? FreePort.Next() : null);

    public bool IsAnyTaken() =>
        new[] { Amqp, Distribution, PortMapper, Management ?? Amqp }.Any(port => !FreePort.IsFree(port));
}
