using System.Buffers.Text;
using System.Text.RegularExpressions;

namespace Notifications.Sandbox.Acs;

/// <summary>What the service refuses with 400.</summary>
internal static partial class EmailRules
{
    private const int MostRecipients = 50;
    private const string UnlinkedDomain = "@unlinked.simulator.test";

    private static readonly HashSet<string> Attachable = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/epub+zip", "application/gzip", "application/json", "application/msword", "application/ogg", "application/onenote", "application/pdf", "application/rtf",
        "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "application/vnd.ms-excel.sheet.macroEnabled.12", "application/vnd.ms-fontobject",
        "application/vnd.ms-outlook", "application/vnd.ms-powerpoint", "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
        "application/vnd.ms-powerpoint.slideshow.macroEnabled.12", "application/vnd.ms-publisher", "application/vnd.ms-word.document.macroEnabled.12",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.visio", "application/x-7z-compressed", "application/x-rar-compressed", "application/x-tar", "application/xml", "application/zip",
        "audio/aac", "audio/midi", "audio/mpeg", "audio/ogg", "audio/opus", "audio/wav", "audio/webm", "audio/x-ms-wma",
        "font/otf", "font/ttf", "font/woff", "font/woff2",
        "image/bmp", "image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/tiff", "image/vnd.microsoft.icon", "image/webp",
        "text/calendar", "text/csv", "text/html", "text/plain", "text/xml",
        "video/3gpp", "video/3gpp2", "video/mp4", "video/mpeg", "video/ogg", "video/webm", "video/x-ms-wmv", "video/x-msvideo",
    };

    /// <summary>Code and message of the first rule broken, or null.</summary>
    public static (string Code, string Message)? Broken(EmailMessage message)
    {
        if (string.IsNullOrWhiteSpace(message.SenderAddress))
            return Invalid("senderAddress is required.");
        if (message.SenderAddress.EndsWith(UnlinkedDomain, StringComparison.OrdinalIgnoreCase))
            return ("DomainNotLinked", "The specified sender domain has not been linked.");
        if (message.Content?.Subject is null)
            return Invalid("content.subject is required.");
        if (string.IsNullOrEmpty(message.Content.PlainText) && string.IsNullOrEmpty(message.Content.Html))
            return Invalid("content.plainText or content.html is required.");
        if (message.Recipients?.To is not { Count: > 0 })
            return Invalid("recipients.to is required.");
        if (message.Recipients.Addresses.Count() > MostRecipients)
            return Invalid("A message has at most 50 recipients.");
        if (message.Recipients.Addresses.Any(address => !Address().IsMatch(address) || MagicMailbox.Named(address) == "invalid-format"))
            return ("InvalidEmailAddress", "Invalid format for email address");
        if (message.Headers?.Any(header => string.IsNullOrWhiteSpace(header.Value)) == true)
            return Invalid("A custom header needs a value.");
        return message.Attachments?.Any(attachment => !CanAttach(attachment)) == true
            ? Invalid("An attachment needs a name, an allowed content type and base64 content.")
            : null;
    }

    private static bool CanAttach(EmailAttachment attachment) =>
        !string.IsNullOrWhiteSpace(attachment.Name)
        && Attachable.Contains((attachment.ContentType ?? "").Split(';')[0].Trim())
        && attachment.ContentInBase64 is not null
        && Base64.IsValid(attachment.ContentInBase64);

    private static (string Code, string Message) Invalid(string message) => ("BadRequest", message);

    [GeneratedRegex(@"\A[^\s@,;<>()""]{1,64}@[^\s@,;<>()""]+\.[^\s@,;<>()""]+\z", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
