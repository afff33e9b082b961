using System.Globalization;
using System.Text;

namespace Notifications.Consumers.Email;

/// <summary>A mail server's answer.</summary>
/// <param name="Code">Its three digits.</param>
/// <param name="Enhanced">The status in three numbers (RFC 3463), where there is one.</param>
internal sealed record SmtpReply(int Code, string? Enhanced, IReadOnlyList<string> Lines)
{
    /// <summary>The numbers alone: the server's text may repeat an address.</summary>
    public string Answer => $"{Code} {Enhanced}".TrimEnd();
}

/// <summary>A step that the server refused.</summary>
internal sealed class SmtpRefusalException(SmtpStep step, SmtpReply reply) : Exception($"{step} {reply.Answer}")
{
    public SmtpStep Step => step;

    public SmtpReply Reply => reply;
}

/// <summary>How far a conversation has come.</summary>
internal enum SmtpStep
{
    Connect,
    Authenticate,
    Sender,
    Recipient,
    Data,
    Message,
}

/// <summary>Commands and answers of RFC 5321 on a connection. What a server says is bounded, in lines and in their length.</summary>
internal sealed class SmtpConversation(Stream stream)
{
    private const int LongestLine = 2048;
    private const int MostLines = 64;

    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start;
    private int _end;

    public async Task<SmtpReply> Say(string command, int expected, SmtpStep step, CancellationToken cancellationToken)
    {
        await Write(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
        return await Hear(expected, step, cancellationToken);
    }

    public async Task Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public async Task<SmtpReply> Hear(int expected, SmtpStep step, CancellationToken cancellationToken)
    {
        var reply = await Hear(cancellationToken);
        return reply.Code == expected ? reply : throw new SmtpRefusalException(step, reply);
    }

    private async Task<SmtpReply> Hear(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await Line(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new IOException("The mail server said something else than an answer.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, Enhanced(lines[^1]), lines);
        }
        throw new IOException("The mail server does not stop.");
    }

    private async Task<string> Line(CancellationToken cancellationToken)
    {
        var searched = _start;
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, end - _start).TrimEnd('\r');
                _start = end + 1;
                return line;
            }
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            (_end, _start) = (_end - _start, 0);
            searched = _end;
            var read = _end == LongestLine ? 0 : await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                throw new IOException("The mail server hung up, or does not end its line.");
            _end += read;
        }
    }

    private static string? Enhanced(string text)
    {
        var first = text.Split(' ')[0];
        return first.Length is >= 5 and <= 9 && first.Split('.') is { Length: 3 } numbers && numbers.All(n => n.Length is > 0 and <= 3 && n.All(char.IsAsciiDigit)) ? first : null;
    }
}
