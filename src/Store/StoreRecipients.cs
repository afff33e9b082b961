using System.Text.Json;
using Notifications.Durability;

namespace Notifications.Store;

/// <summary>Keeps what the resolver found until the saga has chosen; a later finding replaces an earlier one.</summary>
public static class StoreRecipients
{
    private const int FoundInOneRow = 1000;

    /// <summary>Nothing is kept for a shipment that has gone on meanwhile: nobody would forget it again.</summary>
    private static readonly RowStatement Keep = new(
        rows => $"""
            INSERT INTO resolved_recipients (shipment_id, ordinal, contact, is_reserved, emails, mobiles, name, resource_name, language)
            SELECT DISTINCT ON (r.shipment_id, f.ordinal, f.contact) r.shipment_id, f.*
            FROM {rows} CROSS JOIN LATERAL jsonb_to_recordset(r.found)
                AS f (ordinal int, contact int, is_reserved boolean, emails text[], mobiles text[], name text, resource_name text, language text)
            WHERE EXISTS (SELECT FROM order_state o WHERE o.correlation_id = r.shipment_id AND o.current_state = 'ResolvingRecipients')
            ON CONFLICT (shipment_id, ordinal, contact) DO UPDATE
            SET is_reserved = excluded.is_reserved, emails = excluded.emails, mobiles = excluded.mobiles, name = excluded.name, resource_name = excluded.resource_name, language = excluded.language
            """,
        "shipment_id uuid", "found jsonb");

    public static IEnumerable<Statement> Statements(Guid shipmentId, IReadOnlyList<ResolvedRecipient> found) => found.Chunk(FoundInOneRow).Select(some => Keep.Of(
        shipmentId,
        JsonSerializer.Serialize(some.Select(r => new
        {
            ordinal = r.Ordinal, contact = r.Contact, is_reserved = r.IsReserved, emails = r.Emails, mobiles = r.Mobiles, name = r.Name, resource_name = r.ResourceName, language = r.Language,
        }))));
}
