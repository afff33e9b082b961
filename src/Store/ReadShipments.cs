using Npgsql;

namespace Notifications.Store;

/// <summary>A shipment as its owner sees it.</summary>
public sealed record ShipmentView(
    Guid Id, string? SendersReference, ShipmentType Type, string State, DateTimeOffset LastUpdate, DateTimeOffset RequestedSendTime,
    IReadOnlyList<NotificationView> Notifications);

public sealed record NotificationView(Channel Channel, string Address, NotificationState State, DateTimeOffset LastUpdate);

/// <summary>An order as its owner sees it: the main shipment and then its reminders.</summary>
public sealed record ChainView(Guid Id, DateTimeOffset Created, IReadOnlyList<ShipmentView> Shipments);

/// <summary>One line of an order's answer.</summary>
public sealed record AcceptedShipment(Guid Id, string? SendersReference);

/// <summary>An order that was accepted earlier under the same idempotency id.</summary>
public sealed record AcceptedOrder(Guid Id, string Fingerprint, IReadOnlyList<AcceptedShipment> Shipments);

/// <summary>Reads of one creator's orders; another creator's are not there.</summary>
public sealed class ReadShipments(NpgsqlDataSource database)
{
    public async Task<AcceptedOrder?> Accepted(string creator, OrderKind kind, string idempotencyId, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT o.id, o.fingerprint, s.id, s.senders_reference
            FROM orders o JOIN shipments s ON s.order_id = o.id
            WHERE o.creator = $1 AND o.kind = $2 AND o.idempotency_id = $3 ORDER BY s.ordinal
            """, creator, kind.ToString(), idempotencyId);

        AcceptedOrder? accepted = null;
        var shipments = new List<AcceptedShipment>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            accepted ??= new AcceptedOrder(row.GetGuid(0), row.GetString(1), shipments);
            shipments.Add(new AcceptedShipment(row.GetGuid(2), row.Text(3)));
        }
        return accepted;
    }

    public async Task<ShipmentView?> Shipment(string creator, Guid id, CancellationToken cancellationToken) =>
        await Shipments("s.id = $1", creator, id, cancellationToken) is { Shipments: [var shipment] } ? shipment : null;

    public Task<ChainView?> Chain(string creator, Guid orderId, CancellationToken cancellationToken) => Shipments("s.order_id = $1", creator, orderId, cancellationToken);

    /// <summary>The order that a shipment belongs to.</summary>
    public async Task<Guid?> OrderOf(string creator, Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT order_id FROM shipments WHERE id = $1 AND creator = $2", shipmentId, creator);
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    private async Task<ChainView?> Shipments(string which, string creator, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            $"""
            SELECT s.order_id, s.created_at, s.id, s.senders_reference, s.type, o.current_state, o.state_since, s.requested_send_time,
                n.channel, n.address, n.state, n.last_update
            FROM shipments s
            JOIN order_state o ON o.correlation_id = s.id
            LEFT JOIN notifications n ON n.shipment_id = s.id
            WHERE {which} AND s.creator = $2 ORDER BY s.ordinal, n.id
            """, id, creator);

        ChainView? chain = null;
        var shipments = new List<ShipmentView>();
        var notifications = new List<NotificationView>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            chain ??= new ChainView(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), shipments);
            if (shipments.Count == 0 || shipments[^1].Id != row.GetGuid(2))
            {
                notifications = [];
                shipments.Add(new ShipmentView(
                    row.GetGuid(2), row.Text(3), Enum.Parse<ShipmentType>(row.GetString(4)),
                    row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), notifications));
            }
            if (!row.IsDBNull(8))
            {
                notifications.Add(new NotificationView(
                    Channel.Named(row.GetString(8)), row.GetString(9), Enum.Parse<NotificationState>(row.GetString(10)), row.GetFieldValue<DateTimeOffset>(11)));
            }
        }
        return chain;
    }
}
