namespace Notifications.Store;

/// <summary>
/// A file that goes with an e-mail. Fetched once, when the shipment is due: whatever the e-mail is sent again for, it is sent with the same
/// bytes. Forgotten when the shipment is final.
/// </summary>
public sealed class Attachment
{
    public required Guid ShipmentId { get; init; }
    public required int Ordinal { get; init; }
    public required string Filename { get; init; }
    public required string MimeType { get; init; }

    /// <summary>Where it is fetched, with the secret that opens it; null once it is fetched.</summary>
    public string? Address { get; init; }

    /// <summary>How long the address is good.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public byte[]? Content { get; init; }

    /// <summary>What it makes of its e-mail, when it cannot be sent.</summary>
    public NotificationState? Failure { get; init; }
}
