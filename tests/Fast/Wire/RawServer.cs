using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notifications.Tests.Fast.Wire;

/// <summary>Takes one HTTP request whole, answers with a few bytes and breaks the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _beginning;
    private readonly Task _serving;
    private int _requests;

    public RawServer(string beginning)
    {
        _beginning = beginning;
        _listener.Start();
        _serving = Serve();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Requests => Volatile.Read(ref _requests);

    public static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptSocketAsync();
                await ReadRequest(client);
                Interlocked.Increment(ref _requests);
                if (_beginning.Length > 0)
                    await client.SendAsync(Encoding.ASCII.GetBytes(_beginning));
                else
                    client.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task ReadRequest(Socket client)
    {
        var buffer = new byte[64 * 1024];
        var text = "";
        while (!text.Contains("</SESSION>", StringComparison.Ordinal))
        {
            var read = await client.ReceiveAsync(buffer);
            if (read == 0)
                return;
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }
}
