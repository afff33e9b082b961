using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Notifications.Tests.Fast.Wire;

/// <summary>
/// The server's side of PostgreSQL's wire protocol, as far as one statement after the other needs it: statements are kept with their
/// parameters, and answered from a script. It runs no SQL.
/// </summary>
internal sealed class ScriptedPostgres : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<SeenStatement, object[][]> _answer;
    private readonly Task _serving;

    /// <param name="answer">The rows of a statement: texts, booleans, whole numbers and arrays of texts.</param>
    public ScriptedPostgres(Func<SeenStatement, object[][]> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = Serve();
        Database = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=u;Database=d;SSL Mode=Disable;GSS Encryption Mode=Disable;"
            + "Server Compatibility Mode=NoTypeLoading;No Reset On Close=true");
    }

    public NpgsqlDataSource Database { get; }

    public ConcurrentQueue<SeenStatement> Seen { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _listener.Dispose();
        await _serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
                _ = Talk(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await Read(stream, BinaryPrimitives.ReadInt32BigEndian(await Read(stream, 4)) - 4);
                var hello = new Reply();
                hello.Add('R', w => w.Int(0));
                hello.Add('S', w => w.Text("server_version").Text("16.0"));
                hello.Add('S', w => w.Text("client_encoding").Text("UTF8"));
                hello.Add('S', w => w.Text("standard_conforming_strings").Text("on"));
                hello.Add('Z', w => w.Byte((byte)'I'));
                await stream.WriteAsync(hello.Bytes);
                await new Conversation(stream, this).Run();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The client went.
            }
        }
    }

    private static async Task<byte[]> Read(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private sealed class Conversation(NetworkStream stream, ScriptedPostgres server)
    {
        private readonly Reply _reply = new();
        private string _sql = "";
        private object[][] _rows = [];
        private bool _inTransaction;

        public async Task Run()
        {
            while (true)
            {
                var type = (char)(await Read(stream, 1))[0];
                var message = new Message(await Read(stream, BinaryPrimitives.ReadInt32BigEndian(await Read(stream, 4)) - 4));
                if (type == 'X')
                    return;
                Answer(type, message);
                if (type is 'S' or 'Q' or 'H')
                {
                    await stream.WriteAsync(_reply.Bytes);
                    _reply.Clear();
                }
            }
        }

        private void Answer(char type, Message message)
        {
            switch (type)
            {
                case 'Q':
                    Simple(message.Text());
                    break;
                case 'P':
                    message.Text();
                    _sql = message.Text();
                    _reply.Add('1');
                    break;
                case 'B':
                    var statement = new SeenStatement(_sql, message.Parameters());
                    server.Seen.Enqueue(statement);
                    _rows = server._answer(statement);
                    _reply.Add('2');
                    break;
                case 'D':
                    Describe();
                    break;
                case 'E':
                    foreach (var row in _rows)
                        _reply.Add('D', w => w.Row(row));
                    _reply.Add('C', w => w.Text($"SELECT {_rows.Length}"));
                    break;
                case 'C':
                    _reply.Add('3');
                    break;
                case 'S':
                    Ready();
                    break;
            }
        }

        private void Simple(string sql)
        {
            _inTransaction = sql.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase);
            _reply.Add('C', w => w.Text(sql.Split(' ')[0]));
            Ready();
        }

        private void Describe()
        {
            if (_rows.Length == 0)
                _reply.Add('n');
            else
                _reply.Add('T', w => w.Columns(_rows[0]));
        }

        private void Ready() => _reply.Add('Z', w => w.Byte((byte)(_inTransaction ? 'T' : 'I')));
    }

    private sealed class Message(byte[] bytes)
    {
        private int _at;

        public string Text()
        {
            var end = Array.IndexOf(bytes, (byte)0, _at);
            var text = Encoding.UTF8.GetString(bytes, _at, end - _at);
            _at = end + 1;
            return text;
        }

        public byte[]?[] Parameters()
        {
            Text();
            Text();
            var formats = Short();
            _at += formats * 2;
            var parameters = new byte[]?[Short()];
            for (var i = 0; i < parameters.Length; i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(_at));
                _at += 4;
                if (length < 0)
                    continue;
                parameters[i] = bytes[_at..(_at + length)];
                _at += length;
            }
            return parameters;
        }

        private int Short()
        {
            _at += 2;
            return BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(_at - 2));
        }
    }

    private sealed class Reply
    {
        private readonly List<byte> _bytes = [];

        public byte[] Bytes => [.. _bytes];

        public void Clear() => _bytes.Clear();

        public void Add(char type, Action<Reply>? content = null)
        {
            var body = new Reply();
            content?.Invoke(body);
            Byte((byte)type).Int(body._bytes.Count + 4);
            _bytes.AddRange(body._bytes);
        }

        public Reply Byte(byte value)
        {
            _bytes.Add(value);
            return this;
        }

        public Reply Int(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            _bytes.AddRange(bytes);
            return this;
        }

        public Reply Short(int value) => Byte((byte)(value >> 8)).Byte((byte)value);

        public Reply Text(string value)
        {
            _bytes.AddRange(Encoding.UTF8.GetBytes(value));
            return Byte(0);
        }

        public Reply Columns(object[] row)
        {
            Short(row.Length);
            foreach (var value in row)
            {
                var (type, size) = value switch
                {
                    bool => (16, 1),
                    int => (23, 4),
                    string[] => (1009, -1),
                    _ => (25, -1),
                };
                Text("column").Int(0).Short(0).Int(type).Short(size).Int(-1).Short(1);
            }
            return this;
        }

        public Reply Row(object[] row)
        {
            Short(row.Length);
            foreach (var value in row)
                Value(value);
            return this;
        }

        private Reply Value(object value) => value switch
        {
            DBNull => Int(-1),
            bool flag => Int(1).Byte(flag ? (byte)1 : (byte)0),
            int number => Int(4).Int(number),
            string[] texts => Sized(w => w.Array(texts)),
            _ => Sized(w => w._bytes.AddRange(Encoding.UTF8.GetBytes((string)value))),
        };

        private void Array(string[] texts)
        {
            Int(texts.Length == 0 ? 0 : 1).Int(0).Int(25);
            if (texts.Length > 0)
                Int(texts.Length).Int(1);
            foreach (var text in texts)
                Value(text);
        }

        private Reply Sized(Action<Reply> content)
        {
            var body = new Reply();
            content(body);
            Int(body._bytes.Count);
            _bytes.AddRange(body._bytes);
            return this;
        }
    }
}

/// <summary>A statement as it came over the wire, its parameters in PostgreSQL's binary format.</summary>
internal sealed record SeenStatement(string Sql, IReadOnlyList<byte[]?> Parameters)
{
    public string?[] Texts(int parameter)
    {
        var array = Parameters[parameter].AsSpan();
        if (BinaryPrimitives.ReadInt32BigEndian(array) == 0)
            return [];
        var texts = new string?[BinaryPrimitives.ReadInt32BigEndian(array[12..])];
        var at = 20;
        for (var i = 0; i < texts.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(array[at..]);
            at += 4;
            if (length < 0)
                continue;
            texts[i] = Encoding.UTF8.GetString(array.Slice(at, length));
            at += length;
        }
        return texts;
    }
}
