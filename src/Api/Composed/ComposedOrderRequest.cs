using System.Text.Json.Serialization;
using Notifications.Api.Orders;
using Notifications.Store;

namespace Notifications.Api.Composed;

/// <summary>The body of <c>POST /future/orders/composed-email</c>: an e-mail to one address, with files.</summary>
public sealed record ComposedOrderRequest
{
    /// <summary>The caller's own name for the order, unique within its creator: sent again, it is the same order.</summary>
    public required string IdempotencyId { get; init; }

    /// <summary>Free text that comes back in answers and in the status feed.</summary>
    public string? SendersReference { get; init; }

    /// <summary>When to send, with a time zone; at once when it is left out.</summary>
    public DateTime? RequestedSendTime { get; init; }

    /// <summary>An address that is asked right before sending, and answers <c>{"sendNotification": true}</c> or <c>false</c>.</summary>
    public Uri? ConditionEndpoint { get; init; }

    /// <summary>What to do when the condition gives no usable answer: <c>Send</c>, which is the default, <c>Skip</c> or <c>Hold</c>.</summary>
    public ConditionOnError? ConditionOnError { get; init; }
    public DialogportenAssociation? DialogportenAssociation { get; init; }
    public required ComposedRecipient Recipient { get; init; }
    public SendingWindowRequest? SendingWindow { get; init; }
}

public sealed record ComposedRecipient
{
    public required string EmailAddress { get; init; }

    [JsonPropertyName("emailSettings")]
    public required ComposedEmailSettings Settings { get; init; }
}

public sealed record ComposedEmailSettings : EmailSettings
{
    /// <summary>Files that go with the e-mail. They are fetched when it is due, and together may have 7.5 MB.</summary>
    public IReadOnlyList<AttachmentRequest>? Attachments { get; init; }
}

/// <summary>A file in Azure Blob Storage.</summary>
public sealed record AttachmentRequest
{
    /// <summary>As the reader sees it, with its extension.</summary>
    public required string Filename { get; init; }
    public required string MimeType { get; init; }

    /// <summary>
    /// Where the file is, with a signature that lets it be read (<c>se</c>, <c>sp</c>, <c>sr=b</c>, <c>sig</c>) for 15 minutes after the send time, or longer.
    /// </summary>
    public required Uri? SasUrl { get; init; }
}
