using Notifications.Durability;

namespace Notifications.Store;

/// <summary>An event of an app instance that ends what waits of an order.</summary>
public sealed record OrderStop
{
    public required Guid OrderId { get; init; }

    /// <summary>The event's type, <c>app.instance.process.completed</c> or another.</summary>
    public required string Event { get; init; }
    public required string App { get; init; }
    public required string InstanceId { get; init; }

    public Statement Insert() => new("INSERT INTO order_stops (order_id, event, app, instance_id) VALUES ($1, $2, $3, $4)", OrderId, Event, App, InstanceId);

    /// <summary>Nothing ends the order any more.</summary>
    public static Statement Forget(Guid orderId) => new("DELETE FROM order_stops WHERE order_id = $1", orderId);
}
