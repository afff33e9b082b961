using Notifications.Consumers.Apps;
using Notifications.Hosting.Neighbours;
using Notifications.Store;

namespace Notifications.Consumers.Conditions;

/// <summary>Asks Altinn Storage about the instances of a send condition.</summary>
public sealed partial class InstanceConditions(TimeProvider clock, ILogger<InstanceConditions> logger, Storage? storage = null)
{
    /// <summary>Whether all of them hold; null when that cannot be told. An instance was there when it was ordered: one that is not any more fulfils nothing.</summary>
    public async Task<bool?> Hold(IReadOnlyList<InstanceCondition> conditions, Guid shipmentId, CancellationToken cancellationToken)
    {
        bool? all = true;
        foreach (var alike in conditions.GroupBy(c => c.InstanceId, StringComparer.Ordinal))
        {
            try
            {
                var instance = storage is null ? throw new NeighbourAwayException(nameof(Storage), "it is not asked here") : await storage.Find(alike.Key, cancellationToken);
                if (!alike.All(condition => InstanceRules.Holds(condition, instance, clock.GetUtcNow())))
                    return false;
            }
            catch (NeighbourAwayException away)
            {
                Unanswered(logger, shipmentId, away.Message);
                all = null;
            }
        }
        return all;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The app instance of shipment {ShipmentId}'s condition could not be read: {Reason}.")]
    private static partial void Unanswered(ILogger logger, Guid shipmentId, string reason);
}
