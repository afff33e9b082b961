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
    private const string Acs = "acs";
    private const string Pswin = "pswin";
    private const string Common = "common";

    [Theory]
    [InlineData(Acs, true, NotificationState.New)]
    [InlineData(Acs, false, NotificationState.New)]
    [InlineData(Pswin, true, NotificationState.Sending)]
    [InlineData(Pswin, false, NotificationState.Sending)]
    [InlineData(Common, true, NotificationState.Sending)]
    [InlineData(Common, false, NotificationState.Sending)]
    public async Task Leave_the_outcome_unknown_and_nothing_hanging(string protocol, bool slow, NotificationState state)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var end = new CancellationTokenSource();
        var serving = Serve(listener, slow, end.Token);

        // One that is slow is given up for its time, one that is huge for its size.
        using var http = new HttpClient { Timeout = slow ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 64 * 1024 };
        var verdict = await Provider(protocol, http, address).Send(protocol == Acs ? Messages.Email : Messages.Sms, CancellationToken.None);

        (verdict.Outcome, verdict.State).ShouldBe((AttemptOutcome.Unknown, state));
        await end.CancelAsync();
        await serving;
    }

    private static IMessageProvider Provider(string protocol, HttpClient http, Uri address)
    {
        var account = new SmsAccount(address, "user", "password");
        return protocol switch
        {
            Acs => new AcsEmail(http, AcsConnection.Parse($"endpoint={address};accesskey=AAECAw=="), new EmailSettings(), new FixedClock()),
            Pswin => new PswinGateway(http, account, new SmsSettings(), new FixedClock()),
            _ => new CommonGateway(http, account, new SmsSettings { Partner = "us", ReportGate = "gate" }, new FixedClock()),
        };
    }

    private static async Task Serve(TcpListener listener, bool slow, CancellationToken end)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(end);
            var stream = client.GetStream();
            var header = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000000\r\n\r\n");
            var noise = Enumerable.Repeat((byte)' ', slow ? 1 : 16 * 1024).ToArray();
            _ = await stream.ReadAsync(new byte[1024], end);
            foreach (var letter in header.Chunk(slow ? 1 : header.Length))
                await stream.WriteAsync(letter, end);
            while (true)
            {
                await stream.WriteAsync(noise, end);
                if (slow)
                    await Task.Delay(TimeSpan.FromMilliseconds(5), end);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client gave up.
        }
    }
}
