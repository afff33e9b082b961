using System.Diagnostics;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Notifications.Local;

/// <summary>The port opens before the node serves: only a client that got its connection knows that it does.</summary>
internal static class BrokerReadiness
{
    public static async Task Wait(Uri address, OsProcess node, string logFile, TimeSpan patience, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false };
        var watch = Stopwatch.StartNew();
        while (!await Listens(address, cancellationToken) || !await Answers(factory, cancellationToken))
        {
            if (!node.IsAlive)
                throw new LocalException($"RabbitMQ ended while starting: {LogTail.Of(logFile, 15)}");
            if (watch.Elapsed > patience)
                throw new LocalException($"RabbitMQ did not answer on {address.Host}:{address.Port} within {patience.TotalSeconds} seconds: {LogTail.Of(logFile, 15)}");
            await Task.Delay(50, cancellationToken);
        }
    }

    // Cheaper than a failing client, and unlike trying to bind it cannot take the port away from the node.
    private static async Task<bool> Listens(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> Answers(ConnectionFactory factory, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
            return connection.IsOpen;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }
}
