using Npgsql;

namespace Notifications.Store;

/// <summary>What is asked before a shipment is sent; all of it must hold.</summary>
/// <param name="Endpoint">Where to ask. May hold a secret, and is not for logs.</param>
/// <param name="Instances">What must hold of app instances.</param>
public sealed record SendCondition(Uri? Endpoint, IReadOnlyList<InstanceCondition> Instances)
{
    public static SendCondition? Of(Shipment shipment) => Of(shipment.ConditionEndpoint, shipment.InstanceConditions);

    internal static SendCondition? Of(string? endpoint, string? instances) => (endpoint, instances) is (null, null) ? null
        : new(endpoint is null ? null : new Uri(endpoint), InstanceCondition.FromJson(instances));
}

/// <summary>The reads around a shipment's send condition.</summary>
public sealed class ReadConditions(NpgsqlDataSource database)
{
    /// <summary>What to ask; null when there is nothing.</summary>
    public async Task<SendCondition?> Of(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command("SELECT condition_endpoint, instance_conditions FROM shipments WHERE id = $1", shipmentId);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? SendCondition.Of(row.Text(0), row.Text(1)) : null;
    }

    /// <summary>Whether a provider was given, or may have been given, any of the shipment's messages.</summary>
    public async Task<bool> IsHandedOff(Guid shipmentId, CancellationToken cancellationToken)
    {
        await using var command = database.Command($"SELECT EXISTS (SELECT {HandOffs.Of("$1")})", shipmentId);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
