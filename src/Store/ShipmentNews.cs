using Notifications.Contracts;
using Notifications.Durability;

namespace Notifications.Store;

/// <summary>What the saga of a shipment is to hear of its notifications.</summary>
/// <param name="Id">The shipment.</param>
/// <param name="IsSettled">Whether every one of them is final; if not, one has failed that has a fallback.</param>
public sealed record ShipmentNews(Guid Id, bool IsSettled);

public static class TellingSagas
{
    /// <summary>Tells the sagas, in the transaction that made the news.</summary>
    public static async Task Tell(this OutboxTransaction transaction, IEnumerable<ShipmentNews> news, CancellationToken cancellationToken)
    {
        foreach (var shipment in news)
        {
            if (shipment.IsSettled)
                await transaction.Publish(new NotificationsSettled(shipment.Id), cancellationToken);
            else
                await transaction.Publish(new DeliveryFailed(shipment.Id), cancellationToken);
        }
    }
}
