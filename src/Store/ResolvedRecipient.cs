namespace Notifications.Store;

/// <summary>
/// How one recipient of a shipment can be reached, from the moment the resolver found it until the saga has chosen. Never used for
/// another shipment.
/// </summary>
public sealed class ResolvedRecipient
{
    public required Guid ShipmentId { get; init; }

    /// <summary>The recipient's place in the shipment.</summary>
    public required int Ordinal { get; init; }

    /// <summary>0 for the recipient's own addresses; from 1 for those who registered addresses of their own for an organization.</summary>
    public int Contact { get; init; }
    public required bool IsReserved { get; init; }
    public required string[] Emails { get; init; }
    public required string[] Mobiles { get; init; }
    public string? Name { get; init; }

    /// <summary>What the text calls the resource that it is about, in the recipient's language.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Which language they read, where the register says it.</summary>
    public string? Language { get; init; }
}
