using Microsoft.Extensions.Hosting;

namespace Notifications.Hosting;

/// <summary>Does the same again and again for as long as the host runs. What goes wrong is told once, and tried again until it goes right.</summary>
public abstract class Rounds : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
                failing = false;
            }
            catch (Exception e)
            {
                if (!failing && !stoppingToken.IsCancellationRequested)
                    Failed(e.GetType().Name);
                failing = true;
            }
            await Rest(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected abstract Task Round(CancellationToken cancellationToken);

    /// <summary>Until the next round.</summary>
    protected abstract Task Rest(CancellationToken cancellationToken);

    /// <summary>Writes to the log that rounds fail, and are tried on.</summary>
    protected abstract void Failed(string reason);
}
