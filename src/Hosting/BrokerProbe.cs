using System.Net.Sockets;

namespace Notifications.Hosting;

/// <summary>Whether anybody listens at the broker's address; the bus itself may not notice for a while that nobody does.</summary>
internal static class BrokerProbe
{
    private const int DefaultPort = 5672;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<bool> Answers(Uri broker, CancellationToken cancellationToken)
    {
        try
        {
            using var probe = new TcpClient();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await probe.ConnectAsync(broker.Host, broker.Port > 0 ? broker.Port : DefaultPort, patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
