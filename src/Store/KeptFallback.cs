namespace Notifications.Store;

/// <summary>
/// A message over the other channel, kept until the first ones have failed or the shipment has come to its end. Its id is the one that its
/// notification would have.
/// </summary>
public sealed class KeptFallback
{
    public required Guid Id { get; init; }
    public required Guid ShipmentId { get; init; }

    /// <summary>The name that the first messages carry as <see cref="Notification.Fallback"/>.</summary>
    public required Guid InsteadOf { get; init; }
    public required Channel Channel { get; init; }
    public required string Address { get; init; }
    public string? RecipientName { get; init; }
    public string? ResourceName { get; init; }
    public string? Language { get; init; }
    public string? NationalIdentityNumber { get; init; }
    public string? OrganizationNumber { get; init; }
    public string? ExternalIdentity { get; init; }

    /// <summary>When it goes out if none of the first messages was reported to be delivered; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
