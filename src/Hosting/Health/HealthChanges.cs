using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Notifications.Hosting.Health;

/// <summary>Says in one line when a dependency is lost and when it is back.</summary>
internal sealed partial class HealthChanges(ILogger<HealthChanges> logger) : IHealthCheckPublisher
{
    /// <summary>Tags a check whose changes are nothing to tell.</summary>
    public const string Silent = "silent";

    private readonly Dictionary<string, HealthStatus> _known = new(StringComparer.Ordinal);

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in report.Entries.Where(e => !e.Value.Tags.Contains(Silent, StringComparer.Ordinal)))
        {
            var before = _known.GetValueOrDefault(name, HealthStatus.Healthy);
            _known[name] = entry.Status;
            if (before == entry.Status)
                continue;
            if (entry.Status == HealthStatus.Healthy)
                IsBack(logger, name);
            else
                IsLost(logger, name, entry.Description);
        }
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Dependency} {Reason}. Trying on.")]
    private static partial void IsLost(ILogger logger, string dependency, string? reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Dependency} is there again.")]
    private static partial void IsBack(ILogger logger, string dependency);
}
