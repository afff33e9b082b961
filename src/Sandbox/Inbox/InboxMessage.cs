using System.Text.Json.Serialization;

namespace Notifications.Sandbox.Inbox;

/// <summary>One message a provider accepted.</summary>
internal sealed class InboxMessage
{
    public required string Channel { get; init; }

    /// <summary>Every address it goes to, with a comma and a space between them.</summary>
    public required string To { get; init; }

    public required string From { get; init; }

    public string? Subject { get; init; }

    public required string Body { get; init; }

    public string? ContentType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InboxAttachment>? Attachments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotificationId { get; init; }

    public required string Reference { get; init; }

    /// <summary>Calls with the same provider key.</summary>
    public int Attempts { get; set; } = 1;

    public required DateTimeOffset AcceptedAt { get; init; }

    public string Status { get; set; } = "Accepted";

    /// <summary>The parts a gateway made of it; shown on the page only.</summary>
    [JsonIgnore]
    public int Parts { get; set; } = 1;
}

/// <param name="Sha256">In lower-case hexadecimal, to tell one file from another.</param>
internal sealed record InboxAttachment(string Name, string ContentType, int Size, string Sha256);
