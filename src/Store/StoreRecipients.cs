using Notifications.Durability;

namespace Notifications.Store;

/// <summary>Keeps what the resolver found until the saga has chosen; a later finding replaces an earlier one.</summary>
public static class StoreRecipients
{
    public static Statement Statement(ResolvedRecipient found) => new(
        """
        INSERT INTO resolved_recipients (shipment_id, ordinal, is_reserved, emails, mobiles, name) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (shipment_id, ordinal) DO UPDATE
        SET is_reserved = excluded.is_reserved, emails = excluded.emails, mobiles = excluded.mobiles, name = excluded.name
        """,
        found.ShipmentId, found.Ordinal, found.IsReserved, found.Emails, found.Mobiles, found.Name);
}
