using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notifications.Tests.Fast.Wire;

/// <summary>Takes HTTP requests whole, answers each with the same bytes and breaks the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private int _requests;

    public RawServer(string answer = "")
    {
        Answer = Encoding.ASCII.GetBytes(answer);
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>As it is; the connection is reset where there is none.</summary>
    public byte[] Answer { get; set; }

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
                if (Answer.Length > 0)
                    await client.SendAsync(Answer);
                else
                    client.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>As far as its header says that it goes.</summary>
    private static async Task ReadRequest(Socket client)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var text = Encoding.Latin1.GetString(buffer, 0, length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && length >= end + 4 + ContentLength(text[..end]))
                return;
            var read = await client.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
                return;
            length += read;
        }
    }

    private static int ContentLength(string header) =>
        header.Split("\r\n").Select(l => l.Split(": ", 2)).FirstOrDefault(l => l[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) is [_, var length]
            ? int.Parse(length, CultureInfo.InvariantCulture)
            : 0;
}
