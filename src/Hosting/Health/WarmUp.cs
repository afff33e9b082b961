using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Notifications.Hosting.Health;

/// <summary>Walks a path that orders take, without an effect, so that the first order finds everything compiled and connected.</summary>
public interface IWarmUp
{
    /// <summary>Throws while something that the path needs is missing.</summary>
    Task Warm(CancellationToken cancellationToken);
}

/// <summary>Runs the warm-ups once the host is up; until they are through, the host is not ready.</summary>
internal sealed class WarmUp(IEnumerable<IWarmUp> paths, IHostApplicationLifetime lifetime) : BackgroundService, IHealthCheck
{
    private volatile bool _warm;
    private volatile string _cause = "";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_warm ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"it has not walked its paths yet{_cause}"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        foreach (var path in paths)
        {
            while (!await Walked(path, stoppingToken))
                await Task.Delay(TimeSpan.FromMilliseconds(500), stoppingToken);
        }
        _warm = true;
    }

    private async Task<bool> Walked(IWarmUp path, CancellationToken stoppingToken)
    {
        try
        {
            await path.Warm(stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // What is missing is said better by its own health check.
            _cause = $": {e.GetType().Name} in {path.GetType().Name}";
            return false;
        }
    }
}
