using System.Net;
using System.Net.Sockets;

namespace Notifications.Local;

/// <summary>
/// Loopback ports nobody listens on, from below the range the kernel uses for outgoing connections, so that a
/// server can be restarted on the same port minutes later.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private static readonly HashSet<int> Handed = [];
    private static readonly Lock Gate = new();

    public static int Next()
    {
        lock (Gate)
        {
            while (true)
            {
                var port = Random.Shared.Next(First, Last);
                if (!Handed.Contains(port) && IsFree(port))
                {
                    Handed.Add(port);
                    return port;
                }
            }
        }
    }

    public static int PreferablyOr(int wanted) => IsFree(wanted) ? wanted : Next();

    public static bool IsFree(int port) => !IsTaken(IPAddress.Loopback, port) && !IsTaken(IPAddress.IPv6Loopback, port);

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return false;
        }
        catch (SocketException exception)
        {
            // A machine without IPv6 has nothing there to be taken.
            return exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
        }
    }
}
