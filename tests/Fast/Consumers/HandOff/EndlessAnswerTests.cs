using System.Net;
using System.Net.Sockets;
using System.Text;
using Notifications.Consumers.Email;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Sms;
using Notifications.Store;
using Notifications.Tests.Fast.Wire;

namespace Notifications.Tests.Fast.Consumers.HandOff;

/// <summary>Providers whose answer comes a byte at a time, or does not end: over a real wire.</summary>
public sealed class EndlessAnswerTests
{
    private const string Body = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000000\r\n\r\n";
    private const string Chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string Header = "HTTP/1.1 200 OK\r\n";

    /// <summary>What two sockets hold between them, beside the little that is read: a fraction of what is offered.</summary>
    private const long MostTaken = 32 * 1024 * 1024;

    private static readonly string[] Protocols = [Providers.Acs, Providers.Link, Providers.LinkCommon];

    public static TheoryData<string, string, string, bool> Answers()
    {
        var answers = new TheoryData<string, string, string, bool>();
        foreach (var protocol in Protocols)
        {
            answers.Add(protocol, Body, new string(' ', 16 * 1024), false);
            answers.Add(protocol, Chunks, "4000\r\n" + new string(' ', 0x4000) + "\r\n", false);
            answers.Add(protocol, Header, "X-More: " + new string('x', 1000) + "\r\n", false);
            answers.Add(protocol, Body, " ", true);
            answers.Add(protocol, Header, "x", true);
        }
        return answers;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Leave_the_outcome_unknown_and_nothing_hanging(string protocol, string beginning, string more, bool slow)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var end = new CancellationTokenSource();
        var serving = Serve(listener, beginning, more, slow, end.Token);

        // One that is slow is given up for its time, one that is huge for its size.
        using var http = new HttpClient { Timeout = slow ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 64 * 1024 };
        var verdict = await Provider(protocol, http, address).Send(protocol == Providers.Acs ? Messages.Email : Messages.Sms, CancellationToken.None);

        // E-mail may be asked for again: its provider knows the call by its name.
        (verdict.Outcome, verdict.State).ShouldBe((AttemptOutcome.Unknown, protocol == Providers.Acs ? NotificationState.New : NotificationState.Sending));
        await end.CancelAsync();
        (await serving).ShouldBeLessThan(MostTaken);
    }

    private static IMessageProvider Provider(string protocol, HttpClient http, Uri address)
    {
        var account = new SmsAccount(address, "user", "password");
        return protocol switch
        {
            Providers.Acs => new AcsEmail(http, AcsConnection.Parse($"endpoint={address};accesskey=AAECAw=="), new EmailSettings(), new FixedClock()),
            Providers.Link => new PswinGateway(http, account, new SmsSettings(), new FixedClock()),
            _ => new CommonGateway(http, account, new SmsSettings { Partner = "us", ReportGate = "gate" }, new FixedClock()),
        };
    }

    /// <summary>Returns how much of the answer was taken.</summary>
    private static async Task<long> Serve(TcpListener listener, string beginning, string more, bool slow, CancellationToken end)
    {
        long taken = 0;
        try
        {
            using var client = await listener.AcceptTcpClientAsync(end);
            var stream = client.GetStream();
            var (header, piece) = (Encoding.ASCII.GetBytes(beginning), Encoding.ASCII.GetBytes(more));
            _ = await stream.ReadAsync(new byte[1024], end);
            foreach (var letter in header.Chunk(slow ? 1 : header.Length))
                await stream.WriteAsync(letter, end);
            while (true)
            {
                await stream.WriteAsync(piece, end);
                taken += piece.Length;
                if (slow)
                    await Task.Delay(TimeSpan.FromMilliseconds(5), end);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client gave up.
        }
        return taken;
    }
}
