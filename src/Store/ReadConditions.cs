using Npgsql;

namespace Notifications.Store;

/// <summary>The reads around a shipment's send condition.</summary>
public sealed class ReadConditions(NpgsqlDataSource database)
{
    /// <summary>Where to ask; null when there is nothing to ask. The address may hold a secret, and is not for logs.</summary>
    public async Task<Uri?> Endpoint(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT condition_endpoint FROM shipments WHERE id = $1", shipmentId);
        return await command.ExecuteScalarAsync(cancellationToken) is string address ? new Uri(address) : null;
    }

    /// <summary>Whether a provider was given, or may have been given, any of the shipment's messages.</summary>
    public async Task<bool> IsHandedOff(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command($"SELECT EXISTS (SELECT {HandOffs.Of("$1")})", shipmentId);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
