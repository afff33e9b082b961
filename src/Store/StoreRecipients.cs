using System.Text.Json;
using Notifications.Durability;

namespace Notifications.Store;

/// <summary>Keeps what the resolver found until the saga has chosen; a later finding replaces an earlier one.</summary>
public static class StoreRecipients
{
    private const int RowsInOneStatement = 1000;

    /// <summary>Nothing is kept for a shipment that has gone on meanwhile: nobody would forget it again.</summary>
    public static IEnumerable<Statement> Statements(Guid shipmentId, IReadOnlyList<ResolvedRecipient> found) => found.Chunk(RowsInOneStatement).Select(rows => new Statement(
        """
        INSERT INTO resolved_recipients (shipment_id, ordinal, contact, is_reserved, emails, mobiles, name, resource_name, language)
        SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb) AS r (ordinal int, contact int, is_reserved boolean, emails text[], mobiles text[], name text, resource_name text, language text)
        WHERE EXISTS (SELECT FROM order_state WHERE correlation_id = $1 AND current_state = 'ResolvingRecipients')
        ON CONFLICT (shipment_id, ordinal, contact) DO UPDATE
        SET is_reserved = excluded.is_reserved, emails = excluded.emails, mobiles = excluded.mobiles, name = excluded.name, resource_name = excluded.resource_name, language = excluded.language
        """,
        shipmentId,
        JsonSerializer.Serialize(rows.Select(r => new
        {
            ordinal = r.Ordinal, contact = r.Contact, is_reserved = r.IsReserved, emails = r.Emails, mobiles = r.Mobiles, name = r.Name, resource_name = r.ResourceName, language = r.Language,
        }))));
}
