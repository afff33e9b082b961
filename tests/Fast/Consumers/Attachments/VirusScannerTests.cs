using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Notifications.Consumers.Attachments;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.Attachments;

public sealed class VirusScannerTests
{
    private static readonly FetchedAttachment File = new([1, 2, 3], null, "");

    [Fact]
    public async Task A_file_in_which_nothing_is_found_is_shown_whole_and_passes()
    {
        await using var daemon = new Daemon("stream: OK\0");

        (await Scan(daemon.Address, File)).ShouldBe(File);
        (await daemon.Shown).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_file_without_content_is_shown_too()
    {
        await using var daemon = new Daemon("stream: OK\0");
        var empty = new FetchedAttachment([], null, "");

        (await Scan(daemon.Address, empty)).ShouldBe(empty);
        (await daemon.Shown).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", NotificationState.Failed)]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", null)]
    [InlineData("", null)]
    [InlineData("\u0001\u0002", null)]
    public async Task A_file_that_does_not_pass_is_refused_or_shown_again(string answer, NotificationState? failure)
    {
        await using var daemon = new Daemon(answer);

        var scanned = await Scan(daemon.Address, File);

        (scanned.Content, scanned.Failure).ShouldBe((null, failure));
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_lets_nothing_pass()
    {
        var scanned = await Scan(new Uri($"tcp://127.0.0.1:{RawServer.ClosedPort()}"), File);

        (scanned.Content, scanned.Failure).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_scanner_that_does_not_answer_in_time_lets_nothing_pass()
    {
        await using var daemon = new Daemon(answer: null);

        var scanned = await Scan(daemon.Address, File, TimeSpan.FromMilliseconds(50));

        (scanned.Content, scanned.Failure).ShouldBe((null, null));
    }

    [Fact]
    public async Task Without_a_scanner_files_pass_and_what_was_not_fetched_is_shown_to_nobody()
    {
        var away = FetchedAttachment.Away("the storage is away");

        (await new VirusScanner(new AttachmentSettings()).Scan(File, CancellationToken.None)).ShouldBe(File);
        (await Scan(new Uri($"tcp://127.0.0.1:{RawServer.ClosedPort()}"), away)).ShouldBe(away);
    }

    private static Task<FetchedAttachment> Scan(Uri scanner, FetchedAttachment file, TimeSpan? timeout = null) =>
        new VirusScanner(new AttachmentSettings { Scanner = scanner, Timeout = timeout ?? TimeSpan.FromSeconds(30) }).Scan(file, CancellationToken.None);

    /// <summary>Takes one file in the daemon's protocol and answers; with no answer it keeps the connection.</summary>
    private sealed class Daemon : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stopping = new();

        public Daemon(string? answer)
        {
            _listener.Start();
            Shown = Serve(answer);
        }

        public Uri Address => new($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

        public Task<byte[]> Shown { get; }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            _listener.Dispose();
            await Shown.ContinueWith(_ => { }, TaskScheduler.Default);
            _stopping.Dispose();
        }

        private async Task<byte[]> Serve(string? answer)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            await using var stream = client.GetStream();
            (await Read(stream, 10)).ShouldBe(Encoding.ASCII.GetBytes("zINSTREAM\0"));
            var shown = new List<byte>();
            while (BinaryPrimitives.ReadInt32BigEndian(await Read(stream, 4)) is > 0 and var length)
                shown.AddRange(await Read(stream, length));
            if (answer is null)
                await Task.Delay(Timeout.Infinite, _stopping.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer!), _stopping.Token);
            return [.. shown];
        }

        private async Task<byte[]> Read(NetworkStream stream, int count)
        {
            var bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes, _stopping.Token);
            return bytes;
        }
    }
}
