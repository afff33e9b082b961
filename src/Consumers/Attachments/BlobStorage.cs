using System.Net;
using Notifications.Store;

namespace Notifications.Consumers.Attachments;

/// <summary>What came of fetching a file.</summary>
/// <param name="Content">The file; null when it cannot be had.</param>
/// <param name="Failure">What that makes of its e-mail; null when it may be had later.</param>
/// <param name="Reason">Why it cannot be had, without its address.</param>
public sealed record FetchedAttachment(byte[]? Content, NotificationState? Failure, string Reason)
{
    public static FetchedAttachment Away(string reason) => new(null, null, reason);

    public static FetchedAttachment Refused(NotificationState failure, string reason) => new(null, failure, reason);
}

/// <summary>Fetches files of Azure Blob Storage by the addresses that their owners signed, and never more bytes than there is room for.</summary>
public sealed class BlobStorage(HttpClient http, AttachmentSettings settings, TimeProvider clock)
{
    /// <param name="attachment">A file that has an address.</param>
    /// <param name="room">How many bytes the file may have.</param>
    /// <param name="cancellationToken">When nobody waits any more.</param>
    public async Task<FetchedAttachment> Fetch(AttachmentToFetch attachment, int room, CancellationToken cancellationToken)
    {
        if (attachment.ExpiresAt <= clock.GetUtcNow())
            return FetchedAttachment.Refused(NotificationState.Failed_InvalidSasUrl, "its address has expired");
        try
        {
            using var response = await http.GetAsync(settings.At(attachment.Address!), HttpCompletionOption.ResponseContentRead, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? Checked(await response.Content.ReadAsByteArrayAsync(cancellationToken), attachment.MimeType, room)
                : Judge(response);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return TooLarge;
        }
        catch (HttpRequestException e)
        {
            return FetchedAttachment.Away($"the storage was not reached: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FetchedAttachment.Away("the storage did not answer in time");
        }
    }

    private static FetchedAttachment TooLarge => FetchedAttachment.Refused(NotificationState.Failed_PayloadTooLarge, "the attachments are larger than the provider takes");

    private static FetchedAttachment Checked(byte[] content, string mimeType, int room) =>
        content.Length > room ? TooLarge
        : FileSignatures.Fit(content, mimeType) ? new(content, null, "")
        : FetchedAttachment.Refused(NotificationState.Failed, $"it is no {mimeType}");

    private static FetchedAttachment Judge(HttpResponseMessage response)
    {
        var answer = $"the storage answered {(int)response.StatusCode} {ErrorCode(response)}".TrimEnd();
        return response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            ? FetchedAttachment.Away(answer)
            : FetchedAttachment.Refused(NotificationState.Failed_InvalidSasUrl, answer);
    }

    private static string? ErrorCode(HttpResponseMessage response) => response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null;
}
