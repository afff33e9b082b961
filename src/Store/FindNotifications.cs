using Npgsql;

namespace Notifications.Store;

/// <summary>A shipment of any creator, with those of its notifications that were for one recipient.</summary>
public sealed record FoundShipment(
    Guid Id, string Creator, string? ResourceId, string? SendersReference, DateTimeOffset RequestedSendTime, ChannelSchema ChannelSchema, ShipmentType Type,
    IReadOnlyList<NotificationView> Notifications);

/// <summary>What was sent to a person or an organization, whoever sent it. Shipments to a bare address are nobody's.</summary>
public sealed class FindNotifications(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The newest shipments before a place in their order, which is by requested send time and then by id.</summary>
    /// <param name="before">Nothing from here on: a shipment, or a time with the highest of ids.</param>
    public async Task<IReadOnlyList<FoundShipment>> Find(
        SupportSubject kind, string number, DateTimeOffset from, (DateTimeOffset Time, Guid Id) before, int pageSize, CancellationToken cancellationToken)
    {
        // By rows, so that only the recipient's index will do: by its id alone a shipment may have ten thousand notifications for others.
        var column = kind == SupportSubject.Person ? "national_identity_number" : "organization_number";
        await using var command = database.Command(
            $"""
            SELECT s.id, s.creator, s.resource_id, s.senders_reference, page.requested_send_time, s.channel_schema, s.type, n.channel, n.address, n.state, n.last_update
            FROM (
                SELECT DISTINCT requested_send_time, shipment_id FROM notifications
                WHERE {column} = $1 AND requested_send_time >= $2 AND (requested_send_time, shipment_id) < ($3, $4)
                ORDER BY requested_send_time DESC, shipment_id DESC LIMIT $5) AS page
            JOIN shipments s ON s.id = page.shipment_id
            JOIN notifications n ON n.{column} = $1
                AND ROW(n.requested_send_time, n.shipment_id) BETWEEN ROW(page.requested_send_time, page.shipment_id) AND ROW(page.requested_send_time, page.shipment_id)
            ORDER BY page.requested_send_time DESC, page.shipment_id DESC, n.id
            """, number, from, before.Time, before.Id, pageSize);

        var found = new List<FoundShipment>();
        var notifications = new List<NotificationView>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (found.Count == 0 || found[^1].Id != row.GetGuid(0))
            {
                notifications = [];
                found.Add(new FoundShipment(
                    row.GetGuid(0), row.GetString(1), row.Text(2), row.Text(3),
                    row.GetFieldValue<DateTimeOffset>(4), Enum.Parse<ChannelSchema>(row.GetString(5)), Enum.Parse<ShipmentType>(row.GetString(6)), notifications));
            }
            notifications.Add(new NotificationView(
                Channel.Named(row.GetString(7)), row.GetString(8), Enum.Parse<NotificationState>(row.GetString(9)), row.GetFieldValue<DateTimeOffset>(10)));
        }
        return found;
    }

    /// <summary>Keeps for good who was shown what; to be done before they are shown it.</summary>
    public async Task Keep(string reader, SupportSubject kind, DateTimeOffset from, DateTimeOffset to, IEnumerable<FoundShipment> shown, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            "INSERT INTO support_reads (read_at, reader, kind, period_from, period_to, shipments) VALUES ($1, $2, $3, $4, $5, $6)",
            clock.GetUtcNow(), reader, kind.ToString(), from, to, shown.Select(s => s.Id).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
