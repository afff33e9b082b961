using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Notifications.Store;

namespace Notifications.Consumers.Attachments;

/// <summary>Shows files to a ClamAV daemon, by its command INSTREAM, before they are kept. Where none is set, files pass unseen.</summary>
public sealed class VirusScanner(AttachmentSettings settings)
{
    private const int LongestAnswer = 1024;

    /// <summary>The same file when nothing is found in it.</summary>
    public async Task<FetchedAttachment> Scan(FetchedAttachment fetched, CancellationToken cancellationToken)
    {
        if (settings.Scanner is not { } scanner || fetched.Content is not { } content)
            return fetched;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Timeout);
        try
        {
            return Judge(fetched, await Ask(scanner, content, limit.Token));
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return FetchedAttachment.Away($"the virus scanner gave no answer: {e.GetType().Name}");
        }
    }

    private static FetchedAttachment Judge(FetchedAttachment fetched, string answer) =>
        answer.EndsWith(" FOUND", StringComparison.Ordinal) ? FetchedAttachment.Refused(NotificationState.Failed, "the virus scanner found something in it")
        : answer.EndsWith(": OK", StringComparison.Ordinal) ? fetched
        : FetchedAttachment.Away("the virus scanner did not look at it");

    private static async Task<string> Ask(Uri scanner, byte[] content, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scanner.Host, scanner.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        if (content.Length > 0)
        {
            await stream.WriteAsync(Length(content.Length), cancellationToken);
            await stream.WriteAsync(content, cancellationToken);
        }
        await stream.WriteAsync(Length(0), cancellationToken);

        var answer = new byte[LongestAnswer];
        var read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.ASCII.GetString(answer, 0, read).TrimEnd('\0', '\n');
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }
}
