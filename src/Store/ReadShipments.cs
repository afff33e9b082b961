using Npgsql;

namespace Notifications.Store;

/// <summary>A shipment as its owner sees it.</summary>
public sealed record ShipmentView(
    Guid Id, string? SendersReference, ShipmentType Type, string State, DateTimeOffset LastUpdate, IReadOnlyList<NotificationView> Notifications);

public sealed record NotificationView(Channel Channel, string Address, NotificationState State, DateTimeOffset LastUpdate);

/// <summary>One line of an order's answer.</summary>
public sealed record AcceptedShipment(Guid Id, string? SendersReference);

/// <summary>An order that was accepted earlier under the same idempotency id.</summary>
public sealed record AcceptedOrder(Guid Id, string Fingerprint, IReadOnlyList<AcceptedShipment> Shipments);

/// <summary>Reads of one creator's orders; another creator's are not there.</summary>
public sealed class ReadShipments(NpgsqlDataSource database)
{
    public async Task<AcceptedOrder?> Accepted(string creator, OrderKind kind, string idempotencyId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT o.id, o.fingerprint, s.id, s.senders_reference
            FROM orders o JOIN shipments s ON s.order_id = o.id
            WHERE o.creator = $1 AND o.kind = $2 AND o.idempotency_id = $3 ORDER BY s.ordinal
            """);
        command.Parameters.Add(new() { Value = creator });
        command.Parameters.Add(new() { Value = kind.ToString() });
        command.Parameters.Add(new() { Value = idempotencyId });

        AcceptedOrder? accepted = null;
        var shipments = new List<AcceptedShipment>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            accepted ??= new AcceptedOrder(row.GetGuid(0), row.GetString(1), shipments);
            shipments.Add(new AcceptedShipment(row.GetGuid(2), row.IsDBNull(3) ? null : row.GetString(3)));
        }
        return accepted;
    }

    public async Task<ShipmentView?> Shipment(string creator, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT s.senders_reference, s.type, o.current_state, o.state_since, n.channel, n.address, n.state, n.last_update
            FROM shipments s
            JOIN order_state o ON o.correlation_id = s.id
            LEFT JOIN notifications n ON n.shipment_id = s.id
            WHERE s.id = $1 AND s.creator = $2 ORDER BY n.id
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = creator });

        ShipmentView? shipment = null;
        var notifications = new List<NotificationView>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            shipment ??= new ShipmentView(
                id, row.IsDBNull(0) ? null : row.GetString(0), Enum.Parse<ShipmentType>(row.GetString(1)),
                row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), notifications);
            if (!row.IsDBNull(4))
            {
                notifications.Add(new NotificationView(
                    Enum.Parse<Channel>(row.GetString(4)), row.GetString(5), Enum.Parse<NotificationState>(row.GetString(6)), row.GetFieldValue<DateTimeOffset>(7)));
            }
        }
        return shipment;
    }
}
