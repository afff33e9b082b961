using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Notifications.Hosting.Health;

internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1 FROM order_state LIMIT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return HealthCheckResult.Unhealthy("has no tables of ours; run the api with the argument migrate");
        }
        catch (NpgsqlException)
        {
            var address = new NpgsqlConnectionStringBuilder(database.ConnectionString);
            return HealthCheckResult.Unhealthy($"does not answer at {address.Host}:{address.Port} (ConnectionStrings:Notifications)");
        }
    }
}
