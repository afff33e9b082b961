using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notifications.Tests.Fast.Wire;

/// <summary>A mail server that answers as it is told: a command with what stands for its word, and everything else with yes. An empty answer hangs up.</summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    private const string HangUp = "";
    private const string Silence = "silence";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> _answers;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public ScriptedMailServer(params (string Command, string Answer)[] answers)
    {
        _answers = answers.ToDictionary(a => a.Command, a => a.Answer, StringComparer.Ordinal);
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Heard { get; } = [];

    public string Message { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8, leaveOpen: true);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
            if (!await Answer("CONNECT", "220 ready", writer))
                return;
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                Heard.Add(line);
                var command = line.Split(' ', ':')[0];
                if (!await Answer(command, command switch { "EHLO" => "250-here\r\n250 DSN", "AUTH" => "235 2.7.0 Welcome", "DATA" => "354 go on", _ => "250 2.0.0 Ok" }, writer))
                    return;
                if (command == "DATA" && !(await Receive(reader) && await Answer("MESSAGE", "250 2.0.0 Queued", writer)))
                    return;
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the test has.
        }
    }

    private async Task<bool> Receive(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line == ".")
            {
                Message = message.ToString();
                return true;
            }
            message.Append(line).Append("\r\n");
        }
        return false;
    }

    private async Task<bool> Answer(string command, string yes, StreamWriter writer)
    {
        var answer = _answers.GetValueOrDefault(command, yes);
        if (answer == HangUp)
            return false;
        if (answer == Silence)
            await Drip(writer);
        await writer.WriteLineAsync(answer.AsMemory(), _end.Token);
        return true;
    }

    /// <summary>An answer that comes a letter at a time and has no end.</summary>
    private async Task Drip(StreamWriter writer)
    {
        while (true)
        {
            await writer.WriteAsync("2".AsMemory(), _end.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(5), _end.Token);
        }
    }
}
