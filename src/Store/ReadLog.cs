using Npgsql;

namespace Notifications.Store;

/// <summary>One notification that was made about a dialog.</summary>
/// <param name="OrderedAt">With its id, its place in the log.</param>
public sealed record LoggedNotification(
    Guid Id, DateTimeOffset OrderedAt, Guid ShipmentId, string? SendersReference, string? DialogId, string? TransmissionId, ShipmentType Type, Channel Channel, string Address,
    NotificationState State, DateTimeOffset RequestedSendTime, DateTimeOffset LastUpdate)
{
    /// <summary>Who it was for; nobody for a bare address.</summary>
    public required OrderedRecipient Recipient { get; init; }

    /// <summary>What it was about.</summary>
    public string? ResourceId { get; init; }
}

/// <summary>What orders about a dialog of Dialogporten, or about a transmission, have made of notifications: the oldest order first.</summary>
public sealed class ReadLog(NpgsqlDataSource database)
{
    /// <param name="creator">Whose orders; null for anybody's about the dialog.</param>
    /// <param name="dialogId">The dialog; null for any, when there is a transmission.</param>
    /// <param name="transmissionId">The transmission; null for any.</param>
    /// <param name="after">The last notification that is known already.</param>
    /// <param name="pageSize">How many at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<IReadOnlyList<LoggedNotification>> Of(
        string? creator, string? dialogId, string? transmissionId, (DateTimeOffset OrderedAt, Guid Id)? after, int pageSize, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT n.id, o.created_at, s.id, s.senders_reference, o.dialog_id, o.transmission_id, s.type, n.channel, n.address, n.state, s.requested_send_time, n.last_update,
                n.national_identity_number, n.organization_number, s.resource_id
            FROM orders o JOIN shipments s ON s.order_id = o.id JOIN notifications n ON n.shipment_id = s.id
            WHERE {(creator is null ? "$1::text IS NULL" : "o.creator = $1")} AND {(dialogId is null ? "o.transmission_id = $2" : transmissionId is null ? "o.dialog_id = $2" : "o.dialog_id = $2 AND o.transmission_id = $6")}
                AND o.created_at >= $3 AND (o.created_at, n.id) > ($3, $4)
            ORDER BY o.created_at, n.id LIMIT $5
            """, creator, dialogId ?? transmissionId, after?.OrderedAt ?? DateTimeOffset.UnixEpoch, after?.Id ?? Guid.Empty, pageSize);
        if (dialogId is not null && transmissionId is not null)
            command.Parameters.Add(new() { Value = transmissionId });

        var log = new List<LoggedNotification>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            log.Add(new LoggedNotification(
                row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetGuid(2), row.Text(3), row.Text(4), row.Text(5), Enum.Parse<ShipmentType>(row.GetString(6)),
                Channel.Named(row.GetString(7)), row.GetString(8), Enum.Parse<NotificationState>(row.GetString(9)),
                row.GetFieldValue<DateTimeOffset>(10), row.GetFieldValue<DateTimeOffset>(11))
            {
                Recipient = new OrderedRecipient { NationalIdentityNumber = row.Text(12), OrganizationNumber = row.Text(13) },
                ResourceId = row.Text(14),
            });
        }
        return log;
    }
}
