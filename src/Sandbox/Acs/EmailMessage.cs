namespace Notifications.Sandbox.Acs;

/// <summary>The body of <c>emails:send</c>.</summary>
internal sealed record EmailMessage(
    string? SenderAddress,
    EmailContent? Content,
    EmailRecipients? Recipients,
    Dictionary<string, string?>? Headers,
    List<EmailAttachment>? Attachments,
    List<EmailAddress>? ReplyTo);

internal sealed record EmailContent(string? Subject, string? PlainText, string? Html);

internal sealed record EmailAddress(string? Address, string? DisplayName);

internal sealed record EmailAttachment(string? Name, string? ContentType, string? ContentInBase64);

internal sealed record EmailRecipients(List<EmailAddress>? To, List<EmailAddress>? Cc, List<EmailAddress>? Bcc)
{
    public IEnumerable<string> Addresses => (To ?? []).Concat(Cc ?? []).Concat(Bcc ?? []).Select(recipient => recipient.Address ?? "");
}
