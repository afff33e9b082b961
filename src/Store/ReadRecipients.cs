using Npgsql;

namespace Notifications.Store;

/// <summary>What a shipment orders about its recipients, and how they are to be told.</summary>
/// <param name="Recipients">In the order in which they were ordered.</param>
/// <param name="ChannelSchema">The channels.</param>
/// <param name="IgnoreReservation">Whether persons are told who have reserved themselves.</param>
/// <param name="UseStaleContactInformation">Whether addresses of persons count that were not confirmed for long.</param>
/// <param name="NamesRecipient">Whether a text holds the name or the number of whom it is for.</param>
/// <param name="ResourceId">What the message is about.</param>
/// <param name="ResourceAction">What somebody must be allowed to do with it to be told on behalf of an organization.</param>
/// <param name="NamesResource">Whether a text holds the resource's title.</param>
/// <param name="Fallback">When the channel that is not preferred is used.</param>
/// <param name="FallbackAfter">How long a message may be without a report of its delivery; null for ever.</param>
/// <param name="Texts">What it says in further languages; null where everybody is told the same.</param>
public sealed record RecipientOrder(
    IReadOnlyList<OrderedRecipient> Recipients, ChannelSchema ChannelSchema, bool IgnoreReservation, bool UseStaleContactInformation, bool NamesRecipient,
    string? ResourceId = null, string? ResourceAction = null, bool NamesResource = false,
    Fallback Fallback = Fallback.OnFailedDelivery, TimeSpan? FallbackAfter = null, ShipmentTexts? Texts = null);

/// <summary>What the resolver found for some of the recipients of a shipment, with the rules of the order they belong to.</summary>
/// <param name="HasMore">Whether there are recipients after these.</param>
public sealed record FoundRecipients(RecipientOrder Order, IReadOnlyList<ResolvedRecipient> Recipients, bool HasMore);

/// <summary>The reads and writes between finding recipients and choosing what to send them.</summary>
public sealed class ReadRecipients(NpgsqlDataSource database)
{
    private const string OrderOf =
        """
        SELECT recipients, channel_schema, coalesce(ignore_reservation, false), use_stale_contact_information,
            concat_ws(' ', email_subject, email_body, sms_body, texts::text) ~ '\$recipient(Name|Number)\$', resource_id, resource_action,
            resource_id IS NOT NULL AND strpos(concat_ws(' ', email_subject, email_body, sms_body, texts::text), '$resourceName$') > 0,
            fallback, fallback_after, texts
        FROM shipments WHERE id = $1
        """;

    public async Task<RecipientOrder?> Order(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command(OrderOf, shipmentId);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadOrder(row, cancellationToken);
    }

    /// <summary>Of the recipients whose places are <paramref name="from"/> and the next <paramref name="count"/>.</summary>
    public async Task<FoundRecipients?> Found(Guid shipmentId, int from, int count, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(OrderOf, shipmentId));
        batch.BatchCommands.Add(Sql.Command(
            "SELECT ordinal, contact, is_reserved, emails, mobiles, name, resource_name, language FROM resolved_recipients WHERE shipment_id = $1 AND ordinal >= $2 AND ordinal < $3 ORDER BY ordinal, contact",
            shipmentId, from, from + count));
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        if (await ReadOrder(row, cancellationToken) is not { } order)
            return null;

        await row.NextResultAsync(cancellationToken);
        var found = new List<ResolvedRecipient>();
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add(new ResolvedRecipient
            {
                ShipmentId = shipmentId,
                Ordinal = row.GetInt32(0),
                Contact = row.GetInt32(1),
                IsReserved = row.GetBoolean(2),
                Emails = row.GetFieldValue<string[]>(3),
                Mobiles = row.GetFieldValue<string[]>(4),
                Name = row.Text(5),
                ResourceName = row.Text(6),
                Language = row.Text(7),
            });
        }
        return new FoundRecipients(order, found, HasMore: from + count < order.Recipients.Count);
    }

    private static async Task<RecipientOrder?> ReadOrder(NpgsqlDataReader row, CancellationToken cancellationToken) => await row.ReadAsync(cancellationToken)
        ? new RecipientOrder(
            OrderedRecipient.FromJson(row.GetString(0)), Enum.Parse<ChannelSchema>(row.GetString(1)),
            row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.Text(5), row.Text(6), row.GetBoolean(7),
            row.Text(8) is { } fallback ? Enum.Parse<Fallback>(fallback) : Fallback.OnFailedDelivery, row.IsDBNull(9) ? null : row.GetTimeSpan(9),
            row.Text(10) is { } texts ? ShipmentTexts.FromJson(texts) : null)
        : null;
}
