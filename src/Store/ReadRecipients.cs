using Npgsql;

namespace Notifications.Store;

/// <summary>What a shipment orders about its recipients, and how they are to be told.</summary>
public sealed record RecipientOrder(
    IReadOnlyList<OrderedRecipient> Recipients, ChannelSchema ChannelSchema, bool IgnoreReservation, bool UseStaleContactInformation, bool NamesRecipient);

/// <summary>The reads and writes between finding recipients and choosing what to send them.</summary>
public sealed class ReadRecipients(NpgsqlDataSource database)
{
    public async Task<RecipientOrder?> Order(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT recipients, channel_schema, coalesce(ignore_reservation, false), use_stale_contact_information,
                strpos(concat_ws(' ', email_subject, email_body, sms_body), '$recipientName$') > 0
            FROM shipments WHERE id = $1
            """);
        command.Parameters.Add(new() { Value = shipmentId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new RecipientOrder(
                OrderedRecipient.FromJson(row.GetString(0)), Enum.Parse<ChannelSchema>(row.GetString(1)),
                row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4))
            : null;
    }

    /// <summary>What the resolver found, with the rules of the order it belongs to.</summary>
    public async Task<(RecipientOrder Order, IReadOnlyList<ResolvedRecipient> Found)?> Found(Guid shipmentId, CancellationToken cancellationToken)
    {
        if (await Order(shipmentId, cancellationToken) is not { } order)
            return null;

        await using var command = database.CreateCommand(
            "SELECT ordinal, is_reserved, emails, mobiles, name FROM resolved_recipients WHERE shipment_id = $1 ORDER BY ordinal");
        command.Parameters.Add(new() { Value = shipmentId });
        var found = new List<ResolvedRecipient>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add(new ResolvedRecipient
            {
                ShipmentId = shipmentId,
                Ordinal = row.GetInt32(0),
                IsReserved = row.GetBoolean(1),
                Emails = row.GetFieldValue<string[]>(2),
                Mobiles = row.GetFieldValue<string[]>(3),
                Name = row.IsDBNull(4) ? null : row.GetString(4),
            });
        }
        return (order, found);
    }
}
