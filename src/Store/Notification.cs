namespace Notifications.Store;

/// <summary>One message to one address over one channel.</summary>
public sealed class Notification
{
    /// <summary>Also the key under which the e-mail provider knows the message, so that a repeated call cannot become a second message.</summary>
    public required Guid Id { get; init; }
    public required Guid ShipmentId { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>Empty when the recipient could not be reached at all; the state then says why.</summary>
    public required string Address { get; init; }
    public string? RecipientName { get; init; }
    public string? ResourceName { get; init; }

    /// <summary>The one of the shipment's texts that it is sent with: see <see cref="ShipmentTexts"/>.</summary>
    public string? Language { get; init; }

    /// <summary>Who it is for, as they were ordered; nobody for a bare address.</summary>
    public string? NationalIdentityNumber { get; init; }
    public string? OrganizationNumber { get; init; }
    public string? ExternalIdentity { get; init; }

    /// <summary>The shipment's, so that what one recipient was sent is found in its order.</summary>
    public DateTimeOffset? RequestedSendTime { get; init; }

    /// <summary>Whether it is sent with the shipment's attachments, and so by those who have them.</summary>
    public bool HasAttachments { get; init; }
    public required NotificationState State { get; init; }

    /// <summary>See <see cref="Store.Progress"/>.</summary>
    public required short Progress { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUpdate { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public int Attempts { get; init; }

    /// <summary>While the notification waits: when the database drives it again, should nothing have happened by then.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>With <see cref="HandOffUntil"/>, when it may be handed off; null when any time will do.</summary>
    public DateTimeOffset? HandOffFrom { get; init; }
    public DateTimeOffset? HandOffUntil { get; init; }

    /// <summary>Its turn in its creator's line, when it came while the creator's share of the provider was used up.</summary>
    public DateTimeOffset? TurnAt { get; init; }

    /// <summary>Names what goes out instead, should this and the others with that name fail: see <see cref="Store.KeptFallback"/>.</summary>
    public Guid? Fallback { get; init; }

    /// <summary>The SMS gateway's own name for the message.</summary>
    public string? ProviderReference { get; init; }
}

/// <summary>The ledger of calls to providers: one row before each call, completed after it.</summary>
public sealed class Attempt
{
    public required Guid NotificationId { get; init; }
    public required int Number { get; init; }
    public required string Provider { get; init; }
    public required DateTimeOffset ClaimedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>What the provider answered, without addresses or texts.</summary>
    public string? ProviderAnswer { get; init; }
}

/// <summary>What a provider said later about one message. Kept whether or not it changed anything.</summary>
public sealed class DeliveryReport
{
    public long Id { get; init; }
    public required string Provider { get; init; }

    /// <summary>Names the report itself, so that a repeated one is known.</summary>
    public required string ReportKey { get; init; }

    /// <summary>Names the message: the notification id for e-mail, the gateway's reference for SMS.</summary>
    public required string Reference { get; init; }
    public required string ProviderState { get; init; }
    public NotificationState? State { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Null while the report is for a message that is not known yet.</summary>
    public Guid? NotificationId { get; init; }
}
