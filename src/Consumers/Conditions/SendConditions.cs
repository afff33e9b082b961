using Notifications.Store;

namespace Notifications.Consumers.Conditions;

/// <summary>Asks a send condition, of whatever parts it is made.</summary>
public sealed class SendConditions(InstanceConditions instances, ConditionEndpoint endpoint)
{
    /// <summary>Whether all of it holds; null when that cannot be told.</summary>
    public async Task<bool?> Ask(SendCondition condition, Guid shipmentId, CancellationToken cancellationToken)
    {
        var onInstances = await instances.Hold(condition.Instances, shipmentId, cancellationToken);
        if (onInstances is false || condition.Endpoint is null)
            return onInstances;
        var atEndpoint = await endpoint.Ask(condition.Endpoint, shipmentId, cancellationToken);
        return atEndpoint is true ? onInstances : atEndpoint;
    }
}
