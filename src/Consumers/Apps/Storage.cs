using Notifications.Hosting.Neighbours;

namespace Notifications.Consumers.Apps;

/// <summary>Altinn Storage, where the instances of apps are. Reading one there does not mark it as read.</summary>
public sealed class Storage(HttpClient http)
{
    /// <summary>Null when there is no such instance.</summary>
    public Task<Instance?> Find(string instanceId, CancellationToken cancellationToken) => http.Find<Instance>(nameof(Storage), $"instances/{instanceId}", cancellationToken);
}
