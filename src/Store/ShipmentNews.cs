using Notifications.Contracts;
using Notifications.Durability;

namespace Notifications.Store;

/// <summary>What the saga of a shipment is to hear of its notifications.</summary>
/// <param name="Id">The shipment.</param>
/// <param name="IsSettled">Whether every one of them is final; if not, one has failed that has a fallback.</param>
public sealed record ShipmentNews(Guid Id, bool IsSettled);

public static class TellingSagas
{
    /// <summary>A commit of so many sagas is large enough, and what fails in one of them holds up no more than these.</summary>
    private const int AtOnce = 64;

    /// <summary>Tells the sagas, in the transaction that made the news.</summary>
    public static async Task Tell(this OutboxTransaction transaction, IReadOnlyList<ShipmentNews> news, CancellationToken cancellationToken)
    {
        foreach (var settled in news.Where(shipment => shipment.IsSettled).Select(shipment => shipment.Id).Chunk(AtOnce))
            await transaction.Publish(new NotificationsSettled(settled), cancellationToken);
        foreach (var failed in news.Where(shipment => !shipment.IsSettled))
            await transaction.Publish(new DeliveryFailed(failed.Id), cancellationToken);
    }
}
